package chat.parley.query.http;

import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.testing.conversation.InMemoryEventFeed;
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
        Memberships memberships = new Memberships(head, feed.memberships(query.user(), head));
        afterMemberships.run();
        return memberships;
    }

    @QueryHandler
    Entries handle(FindMissed query) {
        return feed.missed(query, feed.head(), 1 + fewer.nextInt(query.limit()));
    }
}
