package chat.parley.push;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.push.fanout.CatchUpReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A read model that is behind the events by whatever the test likes, and whose documents are each ahead of what it
 * vouches for by as much as chance likes, as those of a real one are.
 */
final class LaggingReadModel implements CatchUpReader {
    private final InMemoryEventStore eventStore;
    private final Random random;
    private long applied = -1;

    LaggingReadModel(InMemoryEventStore eventStore, Random random) {
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
        for (ConversationId conversation : eventStore.conversations()) {
            long seen = Math.min(eventStore.head(), applied + random.nextInt(4));
            eventStore.membership(conversation, user, seen).ifPresent(memberships::add);
        }
        return new Memberships(applied, memberships);
    }

    @Override
    public synchronized Entries missed(FindMissed query) {
        if (applied < query.throughIndex()) {
            throw new AssertionError("asked before it was waited for");
        }
        long seen = Math.min(eventStore.head(), applied + random.nextInt(4));
        Visibility visibility = eventStore.visibility(query.conversation(), query.user(), seen);
        List<RecordedEntry> found = eventStore.entries(query.conversation()).stream()
                .filter(entry -> entry.position() > query.position())
                .filter(entry -> entry.index() > query.afterIndex() && entry.index() <= query.throughIndex())
                .filter(entry -> visibility.sees(entry.position()))
                .limit(Math.min(query.limit(), 1 + random.nextInt(5)))
                .toList();
        return new Entries(found, visibility.lastVisible(Long.MAX_VALUE - 1).orElse(0));
    }
}
