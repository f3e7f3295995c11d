package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.inbox.Memberships;

/** The queries that catching up needs. Each call blocks its virtual thread and throws the exception of the query. */
public interface CatchUpReader {
    Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException;

    Entries missed(FindMissed query) throws InterruptedException;
}
