package chat.parley.api.account;

import chat.parley.api.Refusal;
import chat.parley.api.Sealed;
import chat.parley.api.port.TextProtection;
import java.util.List;
import java.util.Set;

/** Answers {@link Profile}; refused with {@link Refusal#USER_NOT_FOUND}. */
public record FindUser(UserId user) {
    /** Names are sealed; see {@link TextProtection}. Those of a deleted account are shown to nobody. */
    public record Profile(
            UserId user,
            Sealed username,
            Sealed displayName,
            AccountStatus status,
            Set<SystemRole> roles,
            List<DeviceId> devices) {}

    /** Answers {@link Profiles}, without those that do not exist. */
    public record Several(List<UserId> users) {}

    /** Answers {@link Profiles}: whoever has exactly this username now, however it is written; nobody who is deleted. */
    public record Named(String username) {
        @Override
        public String toString() {
            return "Named[]";
        }
    }

    public record Profiles(List<Profile> profiles) {}
}
