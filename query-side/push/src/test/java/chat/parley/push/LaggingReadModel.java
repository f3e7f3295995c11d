package chat.parley.push;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.push.fanout.CatchUpReader;
import chat.parley.testing.conversation.InMemoryEventFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A read model that is behind the events by whatever the test likes, and whose documents are each ahead of what it
 * vouches for by as much as chance likes, as those of a real one are.
 */
final class LaggingReadModel implements CatchUpReader {
    private final InMemoryEventFeed eventStore;
    private final Random random;
    private long applied = -1;

    LaggingReadModel(InMemoryEventFeed eventStore, Random random) {
        this.eventStore = eventStore;
        this.random = random;
    }

    synchronized void applyUpTo(long index) {
        applied = Math.max(applied, Math.min(index, eventStore.head()));
        notifyAll();
    }

    synchronized long applied() {
        return applied;
    }

    @Override
    public synchronized Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException {
        while (applied < atLeastIndex) {
            wait();
        }
        List<Membership> memberships = new ArrayList<>();
        eventStore.entries().stream()
                .map(entry -> entry.event().conversation())
                .distinct()
                .forEach(conversation -> eventStore.memberships(user, seen()).stream()
                        .filter(membership -> membership.conversation().equals(conversation))
                        .forEach(memberships::add));
        return new Memberships(applied, memberships);
    }

    @Override
    public synchronized Entries missed(FindMissed query) {
        if (applied < query.throughIndex()) {
            throw new AssertionError("asked before it was waited for");
        }
        return eventStore.missed(query, seen(), 1 + random.nextInt(5));
    }

    private long seen() {
        return Math.min(eventStore.head(), applied + random.nextInt(4));
    }
}
