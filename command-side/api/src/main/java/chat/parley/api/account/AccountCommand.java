package chat.parley.api.account;

import chat.parley.api.Refusal;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What may be asked of an account. Repeating one whose effect is there already changes nothing and is no error. */
public sealed interface AccountCommand {
    UserId user();

    /** Refused with {@link Refusal#USERNAME_TAKEN} where the account exists. */
    record RegisterAccount(
            @TargetAggregateIdentifier UserId user, UsernameClaimId claim, String username, String displayName)
            implements AccountCommand {
        @Override
        public String toString() {
            return "RegisterAccount[user=" + user + "]";
        }
    }

    record ChangeProfile(@TargetAggregateIdentifier UserId user, String displayName) implements AccountCommand {
        @Override
        public String toString() {
            return "ChangeProfile[user=" + user + "]";
        }
    }

    /** All of them at once; the ones before are gone. */
    record ChangeSettings(@TargetAggregateIdentifier UserId user, Settings settings) implements AccountCommand {}

    /**
     * Answers a {@link DeviceRegistration}.
     *
     * @param loggedIn the user's devices that are logged in, the one that has been silent longest first: where there are
     *                 too many devices, one that is logged out gives way, else the first of these
     */
    record RegisterDevice(@TargetAggregateIdentifier UserId user, DeviceId device, List<DeviceId> loggedIn)
            implements AccountCommand {
        public RegisterDevice {
            loggedIn = List.copyOf(loggedIn);
        }
    }

    record RemoveDevice(@TargetAggregateIdentifier UserId user, DeviceId device) implements AccountCommand {}

    record EndSession(@TargetAggregateIdentifier UserId user, DeviceId device, SessionId session)
            implements AccountCommand {}

    record BlockUser(@TargetAggregateIdentifier UserId user, UserId blocked) implements AccountCommand {}

    record UnblockUser(@TargetAggregateIdentifier UserId user, UserId unblocked) implements AccountCommand {}

    /** Answers {@link Privacy} and changes nothing. */
    record AskPrivacy(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    record GrantRole(@TargetAggregateIdentifier UserId user, SystemRole role, UserId by) implements AccountCommand {}

    record RevokeRole(@TargetAggregateIdentifier UserId user, SystemRole role, UserId by) implements AccountCommand {}

    /**
     * Refused with {@link Refusal#USERNAME_CHANGE_TOO_SOON} where the name has been changed often lately; changes nothing.
     * Asked before a name is claimed, so that nobody hoards names by changes that are refused.
     */
    record CheckUsernameChange(@TargetAggregateIdentifier UserId user, String username) implements AccountCommand {
        @Override
        public String toString() {
            return "CheckUsernameChange[user=" + user + "]";
        }
    }

    /** @param claim of the new name, which the user holds already */
    record ChangeUsername(@TargetAggregateIdentifier UserId user, UsernameClaimId claim, String username)
            implements AccountCommand {
        @Override
        public String toString() {
            return "ChangeUsername[user=" + user + "]";
        }
    }

    record IssuePasswordReset(@TargetAggregateIdentifier UserId user, UserId by) implements AccountCommand {}

    /** Refused to admins with {@link Refusal#LAST_ADMIN}: another admin takes the role from them first. */
    record DeactivateAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    record ReactivateAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    /** Refused to admins as {@link DeactivateAccount} is. */
    record DeleteAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}
}
