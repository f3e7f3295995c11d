package chat.parley.search.history.query;

import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.FindUser.Profiles;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.text.Usernames;
import chat.parley.search.history.document.TextEnd;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.conversation.SealedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;

/** Answers queries for users and memberships on a real query bus. */
final class FakePermissionQueries {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, UserId> usernames = new TreeMap<>();
    private final Map<UserId, Map<String, Visibility>> seen = new LinkedHashMap<>();
    private final Map<String, SortedMap<Long, TextEnd>> changes = new LinkedHashMap<>();
    private Runnable afterMemberships = () -> {};

    QueryGateway gateway() {
        return InMemoryQueries.gateway(this);
    }

    FakePermissionQueries knows(UserId user, String username) {
        usernames.put(Usernames.fold(username), user);
        return this;
    }

    FakePermissionQueries shows(UserId user, String conversation, Visibility visibility) {
        seen.computeIfAbsent(user, none -> new LinkedHashMap<>()).put(conversation, visibility);
        return this;
    }

    /** Sets the changes of the message at a position. */
    FakePermissionQueries changed(String conversation, long position, SortedMap<Long, TextEnd> by) {
        changes.put(conversation + ":" + position, by);
        return this;
    }

    /** Runs between computing the memberships and answering them. */
    void afterMemberships(Runnable action) {
        afterMemberships = action;
    }

    private Map<String, Visibility> visible(UserId user) {
        return seen.getOrDefault(user, Map.of());
    }

    @QueryHandler
    Memberships handle(FindMemberships query) {
        Memberships memberships = new Memberships(
                0,
                visible(query.user()).entrySet().stream()
                        .map(entry -> new Membership(
                                new ConversationId(entry.getKey()),
                                ConversationKind.GROUP,
                                HistoryAccess.SINCE_JOINED,
                                entry.getValue(),
                                0,
                                0,
                                0,
                                false,
                                false,
                                false,
                                0))
                        .toList());
        afterMemberships.run();
        return memberships;
    }

    /** The message after {@code after} as the user sees it. */
    @QueryHandler
    Entries handle(FindEntries query) {
        String conversation = query.conversation().value();
        long position = Objects.requireNonNull(query.after()) + 1;
        Visibility visibility = visible(query.user()).getOrDefault(conversation, Visibility.NOTHING);
        Long editedBy = null;
        Long retractedBy = null;
        for (var change : changes.getOrDefault(conversation + ":" + position, new TreeMap<>())
                .entrySet()) {
            if (visibility.sees(change.getKey()) && change.getValue() == TextEnd.EDITED) {
                editedBy = change.getKey();
            } else if (visibility.sees(change.getKey())) {
                retractedBy = change.getKey();
            }
        }
        ConversationEvent any = new DirectStarted(query.conversation(), query.user(), query.user(), Instant.EPOCH);
        return new Entries(
                List.of(new RecordedEntry(position, position, any, editedBy, null, retractedBy, List.of())), position);
    }

    @QueryHandler
    Profiles handle(FindPeople query) {
        List<Profile> found = profiles((username, _) -> username.startsWith(Usernames.fold(query.query())));
        return new Profiles(found.subList(0, Math.min(found.size(), query.limit())));
    }

    @QueryHandler
    Profiles handle(FindUser.Named query) {
        return new Profiles(profiles((username, _) -> username.equals(query.username())));
    }

    @QueryHandler
    Profiles handle(FindUser.Several query) {
        return new Profiles(profiles((_, user) -> query.users().contains(user)));
    }

    private List<Profile> profiles(BiPredicate<String, UserId> wanted) {
        SealedEvents sealed = new SealedEvents(FakeTextProtection.legible());
        return usernames.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey(), entry.getValue()))
                .map(entry -> sealed.profile(entry.getValue(), entry.getKey(), entry.getKey()))
                .toList();
    }
}
