package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.inbox.Memberships;

/** The queries of catching up. Each call blocks its virtual thread and throws what the query threw. */
public interface CatchUpReader {
    Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException;

    Entries missed(FindMissed query) throws InterruptedException;
}
