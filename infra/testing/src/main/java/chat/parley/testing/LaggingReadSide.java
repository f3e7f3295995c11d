package chat.parley.testing;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.FindReadModelState;
import chat.parley.api.retention.FindParticipants;
import chat.parley.api.retention.FindParticipants.Participants;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Answers queries from the stored events. It includes new events only when a query waits for them. */
public final class LaggingReadSide {
    private final InMemoryAggregates aggregates;
    private final Clock clock;
    private volatile int included;

    public LaggingReadSide(InMemoryAggregates aggregates, Clock clock) {
        this.aggregates = aggregates;
        this.clock = clock;
    }

    private void catchUp() {
        included = aggregates.stored(Object.class).size();
    }

    private <E> List<E> events(Class<E> type) {
        return aggregates.stored(Object.class).stream()
                .limit(included)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @QueryHandler
    FindReadModelState.State answer(FindReadModelState query) {
        catchUp();
        return new FindReadModelState.State(included - 1L);
    }

    @QueryHandler
    Memberships answer(FindMemberships query) {
        if (query.atLeastIndex() >= included) {
            catchUp();
        }
        int through = included - 1;
        return new Memberships(
                through,
                FakeMemberships.of(
                        query.user(),
                        aggregates.entries().stream()
                                .filter(entry -> entry.index() <= through)
                                .toList()));
    }

    @QueryHandler
    Participants answer(FindParticipants query) {
        List<UserId> users = aggregates.stored(ConversationEvent.class).stream()
                .filter(event -> event.conversation().equals(query.conversation()))
                .flatMap(event -> event.admitted().stream())
                .distinct()
                .toList();
        if (users.isEmpty()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        return new Participants(users);
    }

    @QueryHandler
    FindUser.Profile answer(FindUser query) {
        return profile(query.user()).orElseThrow(() -> new Refused(Refusal.USER_NOT_FOUND));
    }

    @QueryHandler
    FindUser.Profiles answer(FindUser.Several query) {
        return new FindUser.Profiles(query.users().stream()
                .map(this::profile)
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<FindUser.Profile> profile(UserId user) {
        FindUser.Profile profile = null;
        for (AccountEvent event : events(AccountEvent.class)) {
            if (event.user().equals(user)) {
                profile = after(event, profile);
            }
        }
        return Optional.ofNullable(profile);
    }

    private static FindUser.Profile after(AccountEvent event, FindUser.@Nullable Profile before) {
        if (event instanceof AccountEvent.AccountRegistered registered) {
            return new FindUser.Profile(
                    registered.user(),
                    registered.username(),
                    registered.displayName(),
                    AccountStatus.ACTIVE,
                    Set.of(),
                    List.of());
        }
        Objects.requireNonNull(before, "An account starts with its registration");
        Set<SystemRole> roles = EnumSet.noneOf(SystemRole.class);
        roles.addAll(before.roles());
        switch (event) {
            case AccountEvent.RoleGranted granted -> roles.add(granted.role());
            case AccountEvent.RoleRevoked revoked -> roles.remove(revoked.role());
            default -> {}
        }
        return new FindUser.Profile(
                before.user(),
                event instanceof AccountEvent.UsernameChanged changed ? changed.username() : before.username(),
                event instanceof AccountEvent.ProfileChanged changed ? changed.displayName() : before.displayName(),
                switch (event) {
                    case AccountEvent.AccountDeactivated _ -> AccountStatus.DEACTIVATED;
                    case AccountEvent.AccountReactivated _ -> AccountStatus.ACTIVE;
                    case AccountEvent.AccountDeleted _ -> AccountStatus.DELETED;
                    default -> before.status();
                },
                roles,
                List.of());
    }

    @QueryHandler
    Settings answer(FindSettings query) {
        return events(AccountEvent.SettingsChanged.class).stream()
                .filter(changed -> changed.user().equals(query.user()))
                .map(AccountEvent.SettingsChanged::settings)
                .reduce(Settings.DEFAULT, (before, after) -> after);
    }

    @QueryHandler
    FindContacts.Contacts answer(FindContacts query) {
        return new FindContacts.Contacts(contacts(query.user()).entrySet().stream()
                .map(contact -> new FindContacts.Contact(contact.getKey(), contact.getValue(), clock.instant()))
                .toList());
    }

    @QueryHandler
    FindContacts.Standing answer(FindContacts.Between query) {
        return new FindContacts.Standing(
                contacts(query.one()).get(query.other()), counts(query.one()), counts(query.other()));
    }

    private FindContacts.Counts counts(UserId user) {
        Collection<ContactState> states = contacts(user).values();
        return new FindContacts.Counts(
                Collections.frequency(states, ContactState.CONTACT),
                Collections.frequency(states, ContactState.REQUESTED),
                Collections.frequency(states, ContactState.ASKED));
    }

    private Map<UserId, ContactState> contacts(UserId user) {
        Map<UserId, ContactState> contacts = new HashMap<>();
        for (ContactEvent event : events(ContactEvent.class)) {
            if (event.by().equals(user) || event.with().equals(user)) {
                UserId other = event.by().equals(user) ? event.with() : event.by();
                switch (event) {
                    case ContactEvent.ContactRequested e ->
                        contacts.put(other, e.by().equals(user) ? ContactState.REQUESTED : ContactState.ASKED);
                    case ContactEvent.ContactAccepted _ -> contacts.put(other, ContactState.CONTACT);
                    default -> contacts.remove(other);
                }
            }
        }
        return contacts;
    }
}
