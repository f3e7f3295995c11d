package chat.parley.command.http;

import static java.util.Objects.requireNonNullElse;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.DeviceRegistration;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimed;
import chat.parley.api.contact.ContactCommand;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.conversation.Started;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.inbox.Preferences;
import chat.parley.api.inbox.ReadMarkCommand;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.FindReadModelState;
import chat.parley.api.port.TextProtection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/**
 * The rest of Parley, small: a list of events, command handlers that append to it, and a read side that is always as
 * far behind as anybody will let it be. It sees new events only when somebody waits for them.
 */
final class House implements UserRelationships {
    /** Devices of one user, small too. */
    static final int MAX_LOGGED_IN = 4;

    private final List<Object> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger racesToLose = new AtomicInteger();
    private final AtomicReference<Runnable> onNextDevice = new AtomicReference<>(() -> {});
    private final TextProtection protection;
    private final Clock clock;
    private volatile int read;

    House(TextProtection protection, Clock clock) {
        this.protection = protection;
        this.clock = clock;
    }

    long head() {
        return events.size() - 1L;
    }

    /** The next so many conversations are started by somebody else first. */
    void loseRaces(int count) {
        racesToLose.set(count);
    }

    EventFeed.Follower follow(long afterIndex) {
        return new EventFeed.Follower() {
            private int next = Math.toIntExact(afterIndex + 1);

            @Override
            public EventFeed.@Nullable Item next(Duration atMost) {
                return hasNext() ? new StoredItem(next, events.get(next++)) : null;
            }

            @Override
            public boolean hasNext() {
                return next < events.size();
            }

            @Override
            public void close() {}
        };
    }

    private record StoredItem(long index, Object payload) implements EventFeed.Item {
        @Override
        public String aggregate() {
            throw new UnsupportedOperationException("Nothing here asks for it");
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException("Nothing here asks for it");
        }

        @Override
        public Class<?> type() {
            return payload.getClass();
        }

        @Override
        public Instant storedAt() {
            throw new UnsupportedOperationException("Nothing here asks for it");
        }
    }

    /** Runs in the middle of the next login: the password has been looked at, and there is no session yet. */
    void onNextDevice(Runnable action) {
        onNextDevice.set(action);
    }

    <E> List<E> stored(Class<E> type) {
        return of(type, events.size());
    }

    // The command side

    @CommandHandler
    synchronized UserId handle(ClaimUsername command) {
        return stored(UsernameClaimed.class).stream()
                .filter(claimed -> claimed.claim().equals(command.claim()))
                .findFirst()
                .map(UsernameClaimed::user)
                .orElseGet(() -> {
                    events.add(new UsernameClaimed(command.claim(), command.user(), now()));
                    return command.user();
                });
    }

    @CommandHandler
    synchronized void handle(AccountCommand.RegisterAccount command) {
        UserId user = command.user();
        if (exists(user)) {
            throw new Refused(Refusal.USERNAME_TAKEN);
        }
        events.add(new AccountEvent.AccountRegistered(
                user,
                command.claim(),
                protection.seal(user, command.username(), TextProtection.usernameContext(user)),
                protection.seal(user, command.displayName(), TextProtection.displayNameContext(user)),
                now()));
    }

    @CommandHandler
    void handle(AccountCommand.ChangeProfile command) {
        UserId user = existing(command);
        events.add(new AccountEvent.ProfileChanged(
                user, protection.seal(user, command.displayName(), TextProtection.displayNameContext(user)), now()));
    }

    @CommandHandler
    void handle(AccountCommand.ChangeSettings command) {
        events.add(new AccountEvent.SettingsChanged(existing(command), command.settings(), now()));
    }

    @CommandHandler
    synchronized ContactState handle(ContactCommand.RequestContact command) {
        if (state(command.by(), command.with(), events.size()) == ContactState.ASKED) {
            events.add(new ContactEvent.ContactAccepted(command.contact(), command.by(), command.with(), now()));
            return ContactState.CONTACT;
        }
        events.add(new ContactEvent.ContactRequested(command.contact(), command.by(), command.with(), now()));
        return ContactState.REQUESTED;
    }

    @CommandHandler
    void handle(ContactCommand.EndContact command) {
        events.add(new ContactEvent.ContactRemoved(command.contact(), command.by(), command.with(), now()));
    }

    /** Something that happened between other people. */
    void happened(Object event) {
        events.add(event);
    }

    @CommandHandler
    synchronized DeviceRegistration handle(AccountCommand.RegisterDevice command) {
        onNextDevice.getAndSet(() -> {}).run();
        List<DeviceId> gaveWay = command.loggedIn().stream()
                .filter(device -> !device.equals(command.device()))
                .limit(Math.max(0, command.loggedIn().size() - MAX_LOGGED_IN + 1))
                .toList();
        gaveWay.forEach(device -> events.add(new AccountEvent.DeviceRemoved(existing(command), device, now())));
        events.add(new AccountEvent.DeviceRegistered(existing(command), command.device(), now()));
        return new DeviceRegistration(gaveWay);
    }

    @CommandHandler
    void handle(AccountCommand.RemoveDevice command) {
        events.add(new AccountEvent.DeviceRemoved(existing(command), command.device(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.EndSession command) {
        events.add(new AccountEvent.SessionEnded(existing(command), command.device(), command.session(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.BlockUser command) {
        events.add(new AccountEvent.UserBlocked(existing(command), command.blocked(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.UnblockUser command) {
        events.add(new AccountEvent.UserUnblocked(existing(command), command.unblocked(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.GrantRole command) {
        events.add(new AccountEvent.RoleGranted(existing(command), command.role(), command.by(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.RevokeRole command) {
        events.add(new AccountEvent.RoleRevoked(existing(command), command.role(), command.by(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.CheckUsernameChange command) {
        existing(command);
    }

    @CommandHandler
    void handle(AccountCommand.ChangeUsername command) {
        UserId user = existing(command);
        events.add(new AccountEvent.UsernameChanged(
                user,
                command.claim(),
                protection.seal(user, command.username(), TextProtection.usernameContext(user)),
                now()));
    }

    @CommandHandler
    void handle(AccountCommand.IssuePasswordReset command) {
        events.add(new AccountEvent.PasswordResetIssued(existing(command), command.by(), now()));
    }

    @CommandHandler
    void handle(AccountCommand.DeactivateAccount command) {
        events.add(new AccountEvent.AccountDeactivated(existing(command), now()));
    }

    @CommandHandler
    synchronized void handle(AccountCommand.ReactivateAccount command) {
        UserId user = existing(command);
        if (deactivated(user)) {
            events.add(new AccountEvent.AccountReactivated(user, now()));
        }
    }

    private boolean deactivated(UserId user) {
        boolean deactivated = false;
        for (AccountEvent event : stored(AccountEvent.class)) {
            if (event.user().equals(user)) {
                deactivated = switch (event) {
                    case AccountEvent.AccountDeactivated _ -> true;
                    case AccountEvent.AccountReactivated _ -> false;
                    default -> deactivated;
                };
            }
        }
        return deactivated;
    }

    @CommandHandler
    synchronized void handle(AccountCommand.DeleteAccount command) {
        UserId user = existing(command);
        if (stored(AccountEvent.AccountDeleted.class).stream()
                .noneMatch(deleted -> deleted.user().equals(user))) {
            events.add(new AccountEvent.AccountDeleted(user, now()));
        }
    }

    @CommandHandler
    synchronized void handle(ConversationCommand.RemoveDeletedMember command) {
        if (members(command.conversation(), events.size()).contains(command.user())) {
            appended(new ConversationEvent.MemberLeft(command.conversation(), command.user(), command.user(), now()));
        }
    }

    @CommandHandler
    synchronized Started handle(ConversationCommand.StartDirect command) {
        if (racesToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            start(command);
            throw new ConcurrencyException("Somebody else was first");
        }
        boolean created = log(command.conversation()).isEmpty();
        if (created) {
            start(command);
        }
        return new Started(command.conversation(), log(command.conversation()).size(), created);
    }

    private void start(ConversationCommand.StartDirect command) {
        if (log(command.conversation()).isEmpty()) {
            events.add(
                    new ConversationEvent.DirectStarted(command.conversation(), command.by(), command.with(), now()));
        }
    }

    @CommandHandler
    synchronized Started handle(ConversationCommand.StartGroup command) {
        if (!log(command.conversation()).isEmpty()) {
            return new Started(
                    command.conversation(), log(command.conversation()).size(), false);
        }
        events.add(new ConversationEvent.GroupStarted(
                command.conversation(),
                command.by(),
                protection.seal(command.by(), command.title(), TextProtection.titleContext(command.conversation())),
                command.members(),
                command.joinable(),
                command.history(),
                now()));
        return new Started(command.conversation(), 1, true);
    }

    @CommandHandler
    synchronized SendOutcomes handle(ConversationCommand.SendMessages command) {
        if (log(command.conversation()).isEmpty()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        return new SendOutcomes(command.messages().stream()
                .map(draft -> {
                    if (draft.text().isBlank()) {
                        return SendOutcomes.Outcome.refused(Refusal.MESSAGE_EMPTY);
                    }
                    if (!members(command.conversation(), events.size()).contains(draft.by())) {
                        return SendOutcomes.Outcome.refused(Refusal.NOT_A_MEMBER);
                    }
                    return SendOutcomes.Outcome.accepted(appended(new ConversationEvent.MessageSent(
                            command.conversation(),
                            draft.by(),
                            draft.clientMessageId(),
                            protection.seal(
                                    draft.by(),
                                    draft.text(),
                                    TextProtection.messageContext(
                                            command.conversation(), draft.by(), draft.clientMessageId())),
                            "hash",
                            1,
                            draft.replyTo(),
                            draft.mentions(),
                            now())));
                })
                .toList());
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.EditMessage command) {
        return appended(new ConversationEvent.MessageEdited(
                command.conversation(),
                command.by(),
                command.target(),
                protection.seal(
                        command.by(),
                        command.text(),
                        TextProtection.editContext(command.conversation(), command.by(), command.target())),
                command.mentions(),
                "hash",
                now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.RetractMessage command) {
        return appended(
                new ConversationEvent.MessageRetracted(command.conversation(), command.by(), command.target(), now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.ChangeReaction command) {
        return appended(new ConversationEvent.ReactionChanged(
                command.conversation(), command.by(), command.target(), command.emoji(), command.added(), now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.JoinGroup command) {
        return appended(new ConversationEvent.MemberJoined(command.conversation(), command.by(), command.by(), now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.AddMember command) {
        return appended(
                new ConversationEvent.MemberJoined(command.conversation(), command.by(), command.user(), now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.RemoveMember command) {
        return appended(new ConversationEvent.MemberLeft(command.conversation(), command.by(), command.user(), now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.RenameGroup command) {
        return appended(new ConversationEvent.GroupRenamed(
                command.conversation(),
                command.by(),
                protection.seal(command.by(), command.title(), TextProtection.titleContext(command.conversation())),
                now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.ChangeMemberRole command) {
        return appended(new ConversationEvent.MemberRoleChanged(
                command.conversation(), command.by(), command.user(), command.role(), now()));
    }

    @CommandHandler
    EntryAck handle(ConversationCommand.ChangeJoinability command) {
        return appended(new ConversationEvent.JoinabilityChanged(
                command.conversation(), command.by(), command.joinable(), now()));
    }

    @CommandHandler
    void handle(ReadMarkCommand.MoveReadMark command) {
        events.add(new ReadMarkEvent.ReadMarkMoved(
                command.id().conversation(), command.id().user(), command.position(), now()));
    }

    @CommandHandler
    Preferences handle(ReadMarkCommand.ChangePreferences command) {
        Preferences before =
                preferences(command.id().conversation(), command.id().user(), events.size());
        Preferences now = new Preferences(
                requireNonNullElse(command.muted(), before.muted()),
                requireNonNullElse(command.pinned(), before.pinned()),
                requireNonNullElse(command.markedUnread(), before.markedUnread()));
        events.add(new ReadMarkEvent.PreferencesChanged(
                command.id().conversation(),
                command.id().user(),
                now.muted(),
                now.pinned(),
                now.markedUnread(),
                now()));
        return now;
    }

    private Preferences preferences(ConversationId conversation, UserId user, int through) {
        return of(ReadMarkEvent.PreferencesChanged.class, through).stream()
                .filter(changed -> changed.conversation().equals(conversation)
                        && changed.user().equals(user))
                .map(changed -> new Preferences(changed.muted(), changed.pinned(), changed.markedUnread()))
                .reduce((_, later) -> later)
                .orElse(new Preferences(false, false, false));
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        Settings settings = stored(AccountEvent.SettingsChanged.class).stream()
                .filter(changed -> changed.user().equals(user))
                .map(AccountEvent.SettingsChanged::settings)
                .reduce(Settings.DEFAULT, (before, after) -> after);
        return CompletableFuture.completedFuture(new AccountPrivacy(Set.of(), settings, AccountStatus.ACTIVE));
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        throw new UnsupportedOperationException("This module leaves that to the domain");
    }

    @Override
    public void forget(UserId user) {}

    // The read side

    @QueryHandler
    FindReadModelState.State answer(FindReadModelState query) {
        read = events.size();
        return new FindReadModelState.State(read - 1L);
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

    @QueryHandler
    Settings answer(FindSettings query) {
        return of(AccountEvent.SettingsChanged.class, read).stream()
                .filter(changed -> changed.user().equals(query.user()))
                .map(AccountEvent.SettingsChanged::settings)
                .reduce(Settings.DEFAULT, (before, after) -> after);
    }

    @QueryHandler
    FindContacts.Contacts answer(FindContacts query) {
        return new FindContacts.Contacts(contacts(query.user(), read).entrySet().stream()
                .map(contact -> new FindContacts.Contact(contact.getKey(), contact.getValue(), now()))
                .toList());
    }

    @QueryHandler
    FindContacts.Standing answer(FindContacts.Between query) {
        return new FindContacts.Standing(
                state(query.one(), query.other(), read), counts(query.one()), counts(query.other()));
    }

    private FindContacts.Counts counts(UserId user) {
        Collection<ContactState> states = contacts(user, read).values();
        return new FindContacts.Counts(
                Collections.frequency(states, ContactState.CONTACT),
                Collections.frequency(states, ContactState.REQUESTED),
                Collections.frequency(states, ContactState.ASKED));
    }

    private @Nullable ContactState state(UserId one, UserId other, int through) {
        return contacts(one, through).get(other);
    }

    private Map<UserId, ContactState> contacts(UserId user, int through) {
        Map<UserId, ContactState> contacts = new HashMap<>();
        for (ContactEvent event : of(ContactEvent.class, through)) {
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

    @QueryHandler
    FindConversation.Details answer(FindConversation query) {
        if (of(ConversationEvent.class, read).stream()
                .noneMatch(event -> event.conversation().equals(query.conversation()))) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        Set<UserId> members = members(query.conversation(), read);
        if (!members.contains(query.user())) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return new FindConversation.Details(
                query.conversation(),
                kind(query.conversation()),
                null,
                members.stream()
                        .map(user -> new FindConversation.Member(user, MemberRole.MEMBER))
                        .toList(),
                false,
                HistoryAccess.ALL,
                log(query.conversation()).size());
    }

    @QueryHandler
    Memberships answer(FindMemberships query) {
        if (query.atLeastIndex() >= read) {
            read = events.size();
        }
        List<Membership> memberships = of(ConversationEvent.class, read).stream()
                .map(ConversationEvent::conversation)
                .distinct()
                .filter(conversation -> members(conversation, read).contains(query.user()))
                .map(conversation -> membership(conversation, query.user()))
                .toList();
        return new Memberships(read - 1L, memberships);
    }

    private Membership membership(ConversationId conversation, UserId user) {
        long head = of(ConversationEvent.class, read).stream()
                .filter(event -> event.conversation().equals(conversation))
                .count();
        Preferences preferences = preferences(conversation, user, read);
        return new Membership(
                conversation,
                kind(conversation),
                HistoryAccess.ALL,
                Visibility.ALL,
                head,
                head(),
                0,
                preferences.muted(),
                preferences.pinned(),
                preferences.markedUnread(),
                0);
    }

    private Optional<FindUser.Profile> profile(UserId user) {
        FindUser.Profile profile = null;
        for (AccountEvent event : of(AccountEvent.class, read)) {
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
        List<DeviceId> devices = new ArrayList<>(before.devices());
        switch (event) {
            case AccountEvent.RoleGranted granted -> roles.add(granted.role());
            case AccountEvent.RoleRevoked revoked -> roles.remove(revoked.role());
            case AccountEvent.DeviceRegistered registered -> devices.add(registered.device());
            case AccountEvent.DeviceRemoved removed -> devices.remove(removed.device());
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
                devices);
    }

    // What both build on

    private UserId existing(AccountCommand command) {
        if (!exists(command.user())) {
            throw new AggregateNotFoundException(command.user().value(), "There is no such account");
        }
        return command.user();
    }

    private boolean exists(UserId user) {
        return stored(AccountEvent.AccountRegistered.class).stream()
                .anyMatch(registered -> registered.user().equals(user));
    }

    private synchronized EntryAck appended(ConversationEvent event) {
        if (log(event.conversation()).isEmpty()) {
            throw new AggregateNotFoundException(event.conversation().value(), "There is no such conversation");
        }
        events.add(event);
        return new EntryAck(log(event.conversation()).size(), event.at());
    }

    private List<ConversationEvent> log(ConversationId conversation) {
        return stored(ConversationEvent.class).stream()
                .filter(event -> event.conversation().equals(conversation))
                .toList();
    }

    private ConversationKind kind(ConversationId conversation) {
        return log(conversation).getFirst() instanceof ConversationEvent.DirectStarted
                ? ConversationKind.DIRECT
                : ConversationKind.GROUP;
    }

    private Set<UserId> members(ConversationId conversation, int through) {
        Set<UserId> members = new LinkedHashSet<>();
        of(ConversationEvent.class, through).stream()
                .filter(event -> event.conversation().equals(conversation))
                .forEach(event -> {
                    switch (event) {
                        case ConversationEvent.DirectStarted started ->
                            Collections.addAll(members, started.by(), started.with());
                        case ConversationEvent.GroupStarted started ->
                            Stream.concat(Stream.of(started.by()), started.members().stream())
                                    .forEach(members::add);
                        case ConversationEvent.MemberJoined joined -> members.add(joined.user());
                        case ConversationEvent.MemberLeft left -> members.remove(left.user());
                        default -> {}
                    }
                });
        return members;
    }

    private <E> List<E> of(Class<E> type, int through) {
        synchronized (events) {
            return events.subList(0, through).stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
