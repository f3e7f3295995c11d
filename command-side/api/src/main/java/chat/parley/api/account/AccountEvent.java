package chat.parley.api.account;

import chat.parley.api.SealedText;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Events of an account. They never contain a credential, a token or a push key. */
public sealed interface AccountEvent {
    UserId user();

    Instant at();

    @Revision("1")
    record AccountRegistered(
            UserId user, UsernameClaimId claim, SealedText username, SealedText displayName, Instant at)
            implements AccountEvent {}

    @Revision("1")
    record ProfileChanged(UserId user, SealedText displayName, Instant at) implements AccountEvent {}

    @Revision("2")
    record SettingsChanged(UserId user, Settings settings, Instant at) implements AccountEvent {}

    @Revision("1")
    record DeviceRegistered(UserId user, DeviceId device, Instant at) implements AccountEvent {}

    @Revision("1")
    record DeviceRemoved(UserId user, DeviceId device, Instant at) implements AccountEvent {}

    /** The user ended this login session, by logging out or from another device. */
    @Revision("1")
    record SessionEnded(UserId user, DeviceId device, LoginSessionId session, Instant at) implements AccountEvent {}

    @Revision("1")
    record UserBlocked(UserId user, UserId blocked, Instant at) implements AccountEvent {}

    @Revision("1")
    record UserUnblocked(UserId user, UserId unblocked, Instant at) implements AccountEvent {}

    /**
     * @param reason as {@code by} stated it, sealed under the key of {@code by}, see {@code
     * TextProtection.roleReasonContext}; null in events from before reasons were asked for
     */
    @Revision("2")
    record RoleGranted(
            UserId user,
            SystemRole role,
            UserId by,
            @Nullable SealedText reason,
            Instant at) implements AccountEvent {}

    /** @param reason as in {@link RoleGranted} */
    @Revision("2")
    record RoleRevoked(
            UserId user,
            SystemRole role,
            UserId by,
            @Nullable SealedText reason,
            Instant at) implements AccountEvent {}

    /** The former name stays reserved for this user, who may change back to it. */
    @Revision("1")
    record UsernameChanged(UserId user, UsernameClaimId claim, SealedText username, Instant at)
            implements AccountEvent {}

    /** An admin received a one-time code that resets this user's password. */
    @Revision("1")
    record PasswordResetIssued(UserId user, UserId by, Instant at) implements AccountEvent {}

    @Revision("1")
    record AccountDeactivated(UserId user, Instant at) implements AccountEvent {}

    @Revision("1")
    record AccountReactivated(UserId user, Instant at) implements AccountEvent {}

    /** Final. The user's messages stay; sessions, memberships and contacts are ended afterwards. */
    @Revision("1")
    record AccountDeleted(UserId user, Instant at) implements AccountEvent {}

    /** The keys of the user's texts and names are destroyed. Follows {@link AccountDeleted}. */
    @Revision("1")
    record AccountErased(UserId user, Instant at) implements AccountEvent {}
}
