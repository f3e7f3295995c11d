package chat.parley.api.account;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers {@link Profile}; refused with {@link Refusal#USER_NOT_FOUND}. */
public record FindUser(UserId user) {
    /**
     * Names are sealed; see {@code TextProtection}. Names of a deleted account are shown to nobody; they are null once the
     * user is erased.
     */
    public record Profile(
            UserId user,
            @Nullable SealedText username,
            @Nullable SealedText displayName,
            AccountStatus status,
            Set<SystemRole> roles,
            List<DeviceId> devices) {}

    /** Answers {@link Profiles}; users that do not exist are left out. */
    public record Several(List<UserId> users) {}

    /**
     * Answers {@link Profiles}: the current holder of this username, compared by {@code Usernames.fold}; none if the
     * account is deleted.
     */
    public record Named(String username) {
        @Override
        public String toString() {
            return "Named[]";
        }
    }

    public record Profiles(List<Profile> profiles) {}
}
