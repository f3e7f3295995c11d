package chat.parley.api.account;

import chat.parley.api.Sealed;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What happens to an account. No credential, token or push key is ever in here. */
public sealed interface AccountEvent {
    UserId user();

    Instant at();

    @Revision("1")
    record AccountRegistered(UserId user, UsernameClaimId claim, Sealed username, Sealed displayName, Instant at)
            implements AccountEvent {}

    @Revision("1")
    record ProfileChanged(UserId user, Sealed displayName, Instant at) implements AccountEvent {}

    @Revision("2")
    record SettingsChanged(UserId user, Settings settings, Instant at) implements AccountEvent {}

    @Revision("1")
    record DeviceRegistered(UserId user, DeviceId device, Instant at) implements AccountEvent {}

    @Revision("1")
    record DeviceRemoved(UserId user, DeviceId device, Instant at) implements AccountEvent {}

    /** The user logged this session out, or ended it from another device. */
    @Revision("1")
    record SessionEnded(UserId user, DeviceId device, SessionId session, Instant at) implements AccountEvent {}

    @Revision("1")
    record UserBlocked(UserId user, UserId blocked, Instant at) implements AccountEvent {}

    @Revision("1")
    record UserUnblocked(UserId user, UserId unblocked, Instant at) implements AccountEvent {}

    @Revision("1")
    record RoleGranted(UserId user, SystemRole role, UserId by, Instant at) implements AccountEvent {}

    @Revision("1")
    record RoleRevoked(UserId user, SystemRole role, UserId by, Instant at) implements AccountEvent {}

    /** The name of before stays this user's, who may go back to it. */
    @Revision("1")
    record UsernameChanged(UserId user, UsernameClaimId claim, Sealed username, Instant at) implements AccountEvent {}

    /** An admin was shown a code by which this user's password can be set anew. */
    @Revision("1")
    record PasswordResetIssued(UserId user, UserId by, Instant at) implements AccountEvent {}

    @Revision("1")
    record AccountDeactivated(UserId user, Instant at) implements AccountEvent {}

    @Revision("1")
    record AccountReactivated(UserId user, Instant at) implements AccountEvent {}

    /** For good. What the user has said stays; their sessions, memberships and contacts end after this. */
    @Revision("1")
    record AccountDeleted(UserId user, Instant at) implements AccountEvent {}
}
