package chat.parley.api;

import java.util.List;
import java.util.Set;

/** Answers {@link Profile}; refused with {@link Refusal#USER_NOT_FOUND}. */
public record FindUser(UserId user) {
    /** Names are sealed; see {@link TextProtection}. */
    public record Profile(
            UserId user, Sealed username, Sealed displayName, Set<SystemRole> roles, List<DeviceId> devices) {}

    /** Answers {@link Profiles}, without those that do not exist. */
    public record Several(List<UserId> users) {}

    public record Profiles(List<Profile> profiles) {}
}
