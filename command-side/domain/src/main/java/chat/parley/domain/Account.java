package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;
import static java.util.Objects.requireNonNull;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountCommand.BlockUser;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.AccountCommand.ChangeSettings;
import chat.parley.api.account.AccountCommand.ChangeUsername;
import chat.parley.api.account.AccountCommand.CheckUsernameChange;
import chat.parley.api.account.AccountCommand.DeactivateAccount;
import chat.parley.api.account.AccountCommand.DeleteAccount;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.AccountCommand.EraseAccount;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.AccountCommand.IssuePasswordReset;
import chat.parley.api.account.AccountCommand.ReactivateAccount;
import chat.parley.api.account.AccountCommand.RegisterAccount;
import chat.parley.api.account.AccountCommand.RegisterDevice;
import chat.parley.api.account.AccountCommand.RemoveDevice;
import chat.parley.api.account.AccountCommand.RevokeRole;
import chat.parley.api.account.AccountCommand.UnblockUser;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.AccountEvent.AccountReactivated;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.PasswordResetIssued;
import chat.parley.api.account.AccountEvent.ProfileChanged;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.DeviceRegistration;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.TextRules;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A user's account: names, settings, devices, blocks and roles. Credentials are not part of it. */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class Account {
    /**
     * Every browser tab may be a device, so this is more than anybody uses. Beyond it, the least recently used device
     * is removed.
     */
    static final int MAX_DEVICES = 100;

    static final int MAX_BLOCKS = 10_000;

    /** Number of ended sessions that are remembered, so that ending one of them again is no new event. */
    static final int REMEMBERED_SESSIONS = 100;

    /** A name that was once used stays reserved permanently, so a user may change it only a few times. */
    static final int USERNAME_CHANGES = 3;

    static final Duration USERNAME_CHANGES_WITHIN = Duration.ofDays(30);

    @AggregateIdentifier
    private @Nullable UserId id;

    private AccountStatus status = AccountStatus.ACTIVE;
    private @Nullable SealedText username;
    private @Nullable SealedText displayName;
    private Settings settings = Settings.DEFAULT;
    // The declared types are concrete because snapshots are deserialised into them: a plain Set would lose its order,
    // oldest first.
    private LinkedHashSet<DeviceId> devices = new LinkedHashSet<>();
    private LinkedHashSet<LoginSessionId> ended = new LinkedHashSet<>();
    private LinkedHashSet<UserId> blocked = new LinkedHashSet<>();
    private LinkedHashSet<SystemRole> roles = new LinkedHashSet<>();
    private boolean erased;
    // The newest USERNAME_CHANGES changes, oldest first.
    private ArrayList<Long> usernameChangesMillis = new ArrayList<>();
    private long atMillis;

    Account() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterAccount command, Clock clock, TextProtection protection) {
        require(id == null, Refusal.USERNAME_TAKEN);
        TextRules.requireUsername(command.username());
        TextRules.requireDisplayName(command.displayName());
        UserId user = command.user();
        SealedText username = protection.seal(user, command.username(), TextProtection.usernameContext(user));
        SealedText name = protection.seal(user, command.displayName(), TextProtection.displayNameContext(user));
        AggregateLifecycle.apply(new AccountRegistered(user, command.claim(), username, name, now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeProfile command, Clock clock, TextProtection protection) {
        requireRegistered();
        TextRules.requireDisplayName(command.displayName());
        TextContext context = TextProtection.displayNameContext(command.user());
        Optional<String> before = protection.reveal(requireNonNull(displayName), context);
        if (!before.equals(Optional.of(command.displayName()))) {
            SealedText name = protection.seal(command.user(), command.displayName(), context);
            AggregateLifecycle.apply(new ProfileChanged(command.user(), name, now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeSettings command, Clock clock) {
        requireRegistered();
        SettingsValidator.requireValid(command.settings());
        if (!settings.equals(command.settings())) {
            AggregateLifecycle.apply(new SettingsChanged(command.user(), command.settings(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    DeviceRegistration handle(RegisterDevice command, Clock clock) {
        requireRegistered();
        if (devices.contains(command.device())) {
            return new DeviceRegistration(List.of());
        }
        List<DeviceId> gaveWay = givingWay(command.loggedIn());
        gaveWay.forEach(device -> AggregateLifecycle.apply(new DeviceRemoved(command.user(), device, now(clock))));
        AggregateLifecycle.apply(new DeviceRegistered(command.user(), command.device(), now(clock)));
        return new DeviceRegistration(gaveWay);
    }

    /** Logged-out devices first, oldest first. The device that registers is always accepted. */
    private List<DeviceId> givingWay(List<DeviceId> loggedIn) {
        return Stream.concat(devices.stream().filter(device -> !loggedIn.contains(device)), loggedIn.stream())
                .filter(devices::contains)
                .limit(Math.max(0, devices.size() - MAX_DEVICES + 1))
                .toList();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveDevice command, Clock clock) {
        requireKnown();
        if (devices.contains(command.device())) {
            AggregateLifecycle.apply(new DeviceRemoved(command.user(), command.device(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndSession command, Clock clock) {
        requireKnown();
        if (!ended.contains(command.session())) {
            AggregateLifecycle.apply(new SessionEnded(command.user(), command.device(), command.session(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(BlockUser command, Clock clock) {
        requireRegistered();
        require(!command.blocked().equals(command.user()), Refusal.SELF_NOT_ALLOWED);
        if (!blocked.contains(command.blocked())) {
            require(blocked.size() < MAX_BLOCKS, Refusal.LIMIT_EXCEEDED);
            AggregateLifecycle.apply(new UserBlocked(command.user(), command.blocked(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UnblockUser command, Clock clock) {
        requireRegistered();
        if (blocked.contains(command.unblocked())) {
            AggregateLifecycle.apply(new UserUnblocked(command.user(), command.unblocked(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    AccountPrivacy handle(AskPrivacy command) {
        requireKnown();
        return new AccountPrivacy(blocked, settings, status);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(GrantRole command, Clock clock, TextProtection protection) {
        requireRegistered();
        requireReason(command.reason());
        if (!roles.contains(command.role())) {
            Instant now = now(clock);
            SealedText reason = sealedReason(protection, command.by(), command.reason(), command.user(), now);
            AggregateLifecycle.apply(new RoleGranted(command.user(), command.role(), command.by(), reason, now));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RevokeRole command, Clock clock, TextProtection protection) {
        requireRegistered();
        requireReason(command.reason());
        if (roles.contains(command.role())) {
            Instant now = now(clock);
            SealedText reason = sealedReason(protection, command.by(), command.reason(), command.user(), now);
            AggregateLifecycle.apply(new RoleRevoked(command.user(), command.role(), command.by(), reason, now));
        }
    }

    private static void requireReason(String reason) {
        TextRules.requireLine(reason, TextRules.REASON_MAX, Refusal.REASON_REQUIRED);
    }

    private static SealedText sealedReason(
            TextProtection protection, UserId by, String reason, UserId user, Instant now) {
        return protection.seal(by, reason, TextProtection.roleReasonContext(user, now));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CheckUsernameChange command, Clock clock, TextProtection protection) {
        requireRegistered();
        if (!hasUsername(command.user(), command.username(), protection)) {
            requireUsernameChange(clock);
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeUsername command, Clock clock, TextProtection protection) {
        requireRegistered();
        TextRules.requireUsername(command.username());
        if (!hasUsername(command.user(), command.username(), protection)) {
            requireUsernameChange(clock);
            SealedText name =
                    protection.seal(command.user(), command.username(), TextProtection.usernameContext(command.user()));
            AggregateLifecycle.apply(new UsernameChanged(command.user(), command.claim(), name, now(clock)));
        }
    }

    /** Snapshots from before usernames could change contain none. Then every change counts as one. */
    private boolean hasUsername(UserId user, String name, TextProtection protection) {
        return username != null
                && protection
                        .reveal(username, TextProtection.usernameContext(user))
                        .equals(Optional.of(name));
    }

    private void requireUsernameChange(Clock clock) {
        long since = now(clock).minus(USERNAME_CHANGES_WITHIN).toEpochMilli();
        long recent = usernameChangesMillis.stream().filter(at -> at > since).count();
        require(recent < USERNAME_CHANGES, Refusal.USERNAME_CHANGE_TOO_SOON);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(IssuePasswordReset command, Clock clock) {
        requireRegistered();
        AggregateLifecycle.apply(new PasswordResetIssued(command.user(), command.by(), now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeactivateAccount command, Clock clock) {
        requireRegistered();
        if (status == AccountStatus.ACTIVE) {
            requireNoAdmin();
            AggregateLifecycle.apply(new AccountDeactivated(command.user(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReactivateAccount command, Clock clock) {
        requireRegistered();
        if (status == AccountStatus.DEACTIVATED) {
            AggregateLifecycle.apply(new AccountReactivated(command.user(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteAccount command, Clock clock) {
        requireKnown();
        if (status != AccountStatus.DELETED) {
            requireNoAdmin();
            AggregateLifecycle.apply(new AccountDeleted(command.user(), now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EraseAccount command, Clock clock) {
        requireKnown();
        require(status == AccountStatus.DELETED, Refusal.FORBIDDEN);
        if (!erased) {
            AggregateLifecycle.apply(new AccountErased(command.user(), now(clock)));
        }
    }

    /** An admin cannot leave the role by closing the account, so that one admin always remains. */
    private void requireNoAdmin() {
        require(!roles.contains(SystemRole.ADMIN), Refusal.LAST_ADMIN);
    }

    /** For commands that also apply to a deleted account: its devices and sessions can still be ended. */
    private void requireKnown() {
        require(id != null, Refusal.USER_NOT_FOUND);
    }

    private void requireRegistered() {
        requireKnown();
        require(status != AccountStatus.DELETED, Refusal.USER_UNAVAILABLE);
    }

    private Instant now(Clock clock) {
        return EventTime.now(clock, atMillis);
    }

    @EventSourcingHandler
    void on(AccountEvent event) {
        atMillis = event.at().toEpochMilli();
        switch (event) {
            case AccountRegistered e -> {
                id = e.user();
                username = e.username();
                displayName = e.displayName();
            }
            case ProfileChanged e -> displayName = e.displayName();
            case SettingsChanged e -> settings = e.settings();
            case DeviceRegistered e -> devices.add(e.device());
            case DeviceRemoved e -> devices.remove(e.device());
            case SessionEnded e -> {
                ended.add(e.session());
                if (ended.size() > REMEMBERED_SESSIONS) {
                    ended.remove(ended.iterator().next());
                }
            }
            case UserBlocked e -> blocked.add(e.blocked());
            case UserUnblocked e -> blocked.remove(e.unblocked());
            case RoleGranted e -> roles.add(e.role());
            case RoleRevoked e -> roles.remove(e.role());
            case UsernameChanged e -> {
                username = e.username();
                usernameChangesMillis.add(atMillis);
                if (usernameChangesMillis.size() > USERNAME_CHANGES) {
                    usernameChangesMillis.removeFirst();
                }
            }
            case PasswordResetIssued _ -> {}
            case AccountDeactivated _ -> status = AccountStatus.DEACTIVATED;
            case AccountReactivated _ -> status = AccountStatus.ACTIVE;
            case AccountDeleted _ -> {
                status = AccountStatus.DELETED;
                settings = Settings.DEFAULT;
                devices.clear();
                blocked.clear();
                roles.clear();
            }
            case AccountErased _ -> erased = true;
        }
    }
}
