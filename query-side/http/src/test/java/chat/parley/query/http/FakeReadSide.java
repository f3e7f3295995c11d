package chat.parley.query.http;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.query.http.FakeFeed.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;

/** Answers what projections answer, straight from the log and in the plainest way, over a real query bus. */
final class FakeReadSide {
    private final FakeFeed feed;
    private final Random fewer;
    private volatile Runnable afterMemberships = () -> {};

    /** @param fewer decides by how much an answer falls short of its limit, as it may */
    FakeReadSide(FakeFeed feed, Random fewer) {
        this.feed = feed;
        this.fewer = fewer;
    }

    /** A gateway to a bus with these handlers. */
    static QueryGateway gateway(Object... handlers) {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        for (Object handler : handlers) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }

    /** Runs after memberships have been read and before they are answered. */
    void afterMemberships(Runnable action) {
        afterMemberships = action;
    }

    @QueryHandler
    Memberships handle(FindMemberships query) {
        List<Stored> events = feed.events();
        Memberships memberships = new Memberships(events.size() - 1L, memberships(query.user(), events));
        afterMemberships.run();
        return memberships;
    }

    @QueryHandler
    Entries handle(FindMissed query) {
        List<Stored> events = feed.events();
        Membership membership = memberships(query.user(), events).stream()
                .filter(m -> m.conversation().equals(query.conversation()))
                .findFirst()
                .orElseThrow();
        int most = 1 + fewer.nextInt(query.limit());
        return new Entries(
                events.stream()
                        .filter(e -> e.event().conversation().equals(query.conversation()))
                        .filter(e -> e.position() > query.position())
                        .filter(e -> e.index() > query.afterIndex() && e.index() <= query.throughIndex())
                        .filter(e -> membership.visibility().sees(e.position()))
                        .limit(most)
                        .map(FakeReadSide::recorded)
                        .toList(),
                membership.head());
    }

    static RecordedEntry recorded(Stored stored) {
        return RecordedEntry.of(stored.position(), stored.index(), stored.event());
    }

    private static List<Membership> memberships(UserId user, List<Stored> events) {
        Map<ConversationId, Membership> known = new LinkedHashMap<>();
        for (Stored stored : events) {
            ConversationEvent event = stored.event();
            Membership before = known.get(event.conversation());
            Membership now = before == null ? first(event) : before;
            Visibility visibility = seen(user, now, stored);
            known.put(
                    event.conversation(),
                    new Membership(
                            now.conversation(),
                            now.kind(),
                            now.history(),
                            visibility,
                            stored.position(),
                            stored.index(),
                            0,
                            false,
                            false,
                            false,
                            visibility.equals(now.visibility()) ? now.changedIndex() : stored.index()));
        }
        return known.values().stream()
                .filter(membership -> !membership.visibility().spans().isEmpty())
                .toList();
    }

    private static Membership first(ConversationEvent event) {
        HistoryAccess history = event instanceof GroupStarted group ? group.history() : HistoryAccess.ALL;
        boolean direct = event instanceof DirectStarted;
        return new Membership(
                event.conversation(),
                direct ? ConversationKind.DIRECT : ConversationKind.GROUP,
                history,
                Visibility.NOTHING,
                0,
                -1,
                0,
                false,
                false,
                false,
                -1);
    }

    private static Visibility seen(UserId user, Membership membership, Stored stored) {
        Visibility visibility = membership.visibility();
        return switch (stored.event()) {
            case DirectStarted e when e.by().equals(user) || e.with().equals(user) -> Visibility.ALL;
            case GroupStarted e
            when e.by().equals(user) || e.members().contains(user) -> visibility.joined(stored.position(), e.history());
            case MemberJoined e
            when e.user().equals(user) -> visibility.joined(stored.position(), membership.history());
            case MemberLeft e when e.user().equals(user) -> visibility.left(stored.position());
            default -> visibility;
        };
    }
}
