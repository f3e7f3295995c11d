package chat.parley.query.http;

import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.testing.FakeMemberships;
import chat.parley.testing.InMemoryEventFeed;
import java.util.List;
import java.util.Random;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what projections answer, straight from the log and in the plainest way. */
final class FakeReadSide {
    private final InMemoryEventFeed feed;
    private final Random fewer;
    private volatile Runnable afterMemberships = () -> {};

    /** @param fewer decides by how much an answer falls short of its limit, as it may */
    FakeReadSide(InMemoryEventFeed feed, Random fewer) {
        this.feed = feed;
        this.fewer = fewer;
    }

    /** Runs after memberships have been read and before they are answered. */
    void afterMemberships(Runnable action) {
        afterMemberships = action;
    }

    @QueryHandler
    Memberships handle(FindMemberships query) {
        long head = feed.head();
        Memberships memberships = new Memberships(head, FakeMemberships.of(query.user(), through(head)));
        afterMemberships.run();
        return memberships;
    }

    @QueryHandler
    Entries handle(FindMissed query) {
        List<RecordedEntry> entries = through(feed.head());
        Membership membership = FakeMemberships.of(query.user(), entries).stream()
                .filter(m -> m.conversation().equals(query.conversation()))
                .findFirst()
                .orElseThrow();
        int most = 1 + fewer.nextInt(query.limit());
        return new Entries(
                entries.stream()
                        .filter(e -> e.event().conversation().equals(query.conversation()))
                        .filter(e -> e.position() > query.position())
                        .filter(e -> e.index() > query.afterIndex() && e.index() <= query.throughIndex())
                        .filter(e -> membership.visibility().sees(e.position()))
                        .limit(most)
                        .toList(),
                membership.head());
    }

    private List<RecordedEntry> through(long index) {
        return feed.entries().stream().filter(entry -> entry.index() <= index).toList();
    }
}
