package chat.parley.push;

import chat.parley.api.Entries;
import chat.parley.api.FindMissed;
import chat.parley.api.Memberships;
import chat.parley.api.UserId;

/** What the push tier asks of the read side. Each call blocks its (virtual) thread and throws what the query threw. */
interface ReadModel {
    Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException;

    Entries missed(FindMissed query) throws InterruptedException;
}
