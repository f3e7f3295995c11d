package chat.parley.api.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Presences}: one per user, in this order. Callers that show it to another user ask {@link BlockPolicy}
 * first.
 *
 * @param atLeastIndex waits until the read model includes everything up to this global index; -1 for no waiting
 */
public record FindPresence(List<UserId> users, long atLeastIndex) {
    public record Presences(List<UserPresence> users) {}

    /**
     * @param version    number of this user's presence events that are included
     * @param devices    the connected devices by id
     * @param lastActive null for never
     */
    public record UserPresence(
            UserId user,
            long version,
            Map<String, DeviceStatus> devices,
            @Nullable Instant lastActive) {
        /** The presence of a user who never connected. */
        public static UserPresence none(UserId user) {
            return new UserPresence(user, 0, Map.of(), null);
        }

        public PresenceStatus status() {
            return PresenceStatus.of(devices.values());
        }
    }

    /**
     * Answers {@link OpenDevices}: one page of all connected devices.
     *
     * @param after {@code next} of the previous page; null for the first page
     */
    public record Open(@Nullable String after, long atLeastIndex) {}

    /** @param next null on the last page */
    public record OpenDevices(
            List<OpenDevice> devices, @Nullable String next) {}

    /** @param lastActive the last stored activity of the user on any device; null for never */
    public record OpenDevice(
            UserId user,
            DeviceId device,
            long session,
            @Nullable Instant lastActive) {}
}
