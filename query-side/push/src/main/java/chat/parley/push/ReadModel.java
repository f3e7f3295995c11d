package chat.parley.push;

import chat.parley.api.ConversationId;
import chat.parley.api.Entries;
import chat.parley.api.FindMissed;
import chat.parley.api.Memberships;
import chat.parley.api.UserId;
import java.util.List;
import java.util.Set;

/** What the push tier asks of the read side. Each call blocks its (virtual) thread and throws what the query threw. */
interface ReadModel {
    Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException;

    Entries missed(FindMissed query) throws InterruptedException;

    /** The two people of a direct conversation; nobody where it is a group. */
    List<UserId> peopleOfDirect(UserId asking, ConversationId conversation) throws InterruptedException;

    /** Whom this user has blocked, as of this index or later. */
    Set<UserId> blockedBy(UserId user, long atLeastIndex) throws InterruptedException;

    /** Whether others may be told what this user has read, as of this index or later. */
    boolean tellsReads(UserId user, long atLeastIndex) throws InterruptedException;
}
