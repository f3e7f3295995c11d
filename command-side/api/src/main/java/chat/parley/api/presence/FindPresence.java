package chat.parley.api.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Presences}: of each of these users, in this order, what there is. Who shows it to somebody asks
 * {@link BlockPolicy} first.
 *
 * @param atLeastIndex waits until everything up to this global index is included; -1 for what there is
 */
public record FindPresence(List<UserId> users, long atLeastIndex) {
    public record Presences(List<UserPresence> users) {}

    /**
     * @param version    events of this user's presence that are in here
     * @param devices    the connected ones
     * @param lastActive null for never
     */
    public record UserPresence(
            UserId user,
            long version,
            Map<String, DeviceStatus> devices,
            @Nullable Instant lastActive) {
        /** As of somebody who never was there. */
        public static UserPresence none(UserId user) {
            return new UserPresence(user, 0, Map.of(), null);
        }

        public PresenceStatus status() {
            return PresenceStatus.of(devices.values());
        }
    }

    /**
     * Answers {@link OpenDevices}: all devices that are connected, a page of them.
     *
     * @param after the last of the page before; null for the first
     */
    public record Open(@Nullable String after, long atLeastIndex) {}

    /** @param next null on the last page */
    public record OpenDevices(
            List<OpenDevice> devices, @Nullable String next) {}

    /** @param lastActive when its user last did something, on whichever device, as far as that is stored; null for never */
    public record OpenDevice(
            UserId user,
            DeviceId device,
            long session,
            @Nullable Instant lastActive) {}
}
