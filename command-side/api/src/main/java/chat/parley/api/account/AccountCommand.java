package chat.parley.api.account;

import chat.parley.api.Refusal;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Commands to an account. A command whose effect holds already changes nothing and succeeds. */
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

    /** Replaces all settings. */
    record ChangeSettings(@TargetAggregateIdentifier UserId user, Settings settings) implements AccountCommand {}

    /**
     * Answers a {@link DeviceRegistration}. At the limit of devices, a logged-out device is removed, oldest first; if
     * none is logged out, the first of {@code loggedIn} is.
     *
     * @param loggedIn the user's logged-in devices, the longest silent first
     */
    record RegisterDevice(@TargetAggregateIdentifier UserId user, DeviceId device, List<DeviceId> loggedIn)
            implements AccountCommand {
        public RegisterDevice {
            loggedIn = List.copyOf(loggedIn);
        }
    }

    record RemoveDevice(@TargetAggregateIdentifier UserId user, DeviceId device) implements AccountCommand {}

    record EndSession(@TargetAggregateIdentifier UserId user, DeviceId device, LoginSessionId session)
            implements AccountCommand {}

    record BlockUser(@TargetAggregateIdentifier UserId user, UserId blocked) implements AccountCommand {}

    record UnblockUser(@TargetAggregateIdentifier UserId user, UserId unblocked) implements AccountCommand {}

    /** Answers {@link AccountPrivacy} and changes nothing. */
    record AskPrivacy(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    /** @param reason as {@code by} stated it */
    record GrantRole(@TargetAggregateIdentifier UserId user, SystemRole role, UserId by, String reason)
            implements AccountCommand {
        @Override
        public String toString() {
            return "GrantRole[user=" + user + ", role=" + role + ", by=" + by + "]";
        }
    }

    /** @param reason as {@code by} stated it */
    record RevokeRole(@TargetAggregateIdentifier UserId user, SystemRole role, UserId by, String reason)
            implements AccountCommand {
        @Override
        public String toString() {
            return "RevokeRole[user=" + user + ", role=" + role + ", by=" + by + "]";
        }
    }

    /**
     * Refused with {@link Refusal#USERNAME_CHANGE_TOO_SOON} after too many recent changes; changes nothing. Sent before
     * a name is claimed, because a claimed name stays reserved even if the change is refused.
     */
    record CheckUsernameChange(@TargetAggregateIdentifier UserId user, String username) implements AccountCommand {
        @Override
        public String toString() {
            return "CheckUsernameChange[user=" + user + "]";
        }
    }

    /** @param claim claim of the new name, which the user holds already */
    record ChangeUsername(@TargetAggregateIdentifier UserId user, UsernameClaimId claim, String username)
            implements AccountCommand {
        @Override
        public String toString() {
            return "ChangeUsername[user=" + user + "]";
        }
    }

    record IssuePasswordReset(@TargetAggregateIdentifier UserId user, UserId by) implements AccountCommand {}

    /** Refused with {@link Refusal#LAST_ADMIN} if the user is an admin: another admin has to revoke the role first. */
    record DeactivateAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    record ReactivateAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    /** Refused with {@link Refusal#LAST_ADMIN} if the user is an admin: another admin has to revoke the role first. */
    record DeleteAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}

    /** Sent after the user's keys are destroyed. The account has to be deleted. */
    record EraseAccount(@TargetAggregateIdentifier UserId user) implements AccountCommand {}
}
