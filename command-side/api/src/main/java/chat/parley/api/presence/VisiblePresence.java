package chat.parley.api.presence;

import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The connected devices of one user, and when others last saw the user active. An invisible user is not seen active.
 * Immutable.
 *
 * @param devices    by device id
 * @param lastActive never decreases; null for never
 */
public record VisiblePresence(
        Map<String, DeviceStatus> devices, @Nullable Instant lastActive) {
    public static final VisiblePresence NONE = new VisiblePresence(Map.of(), null);

    public VisiblePresence {
        devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    }

    public PresenceStatus status() {
        return PresenceStatus.of(devices.values());
    }

    public VisiblePresence after(PresenceEvent event) {
        Map<String, DeviceStatus> changed = new TreeMap<>(devices);
        String device = event.device().value();
        return switch (event) {
            case DeviceOpened e -> {
                changed.put(device, DeviceStatus.ONLINE);
                VisiblePresence opened = new VisiblePresence(changed, lastActive);
                yield opened.isSeen() ? opened.active(e.at()) : opened;
            }
            case DeviceClosed e -> {
                changed.remove(device);
                VisiblePresence closed = new VisiblePresence(changed, lastActive);
                yield isSeen() ? closed.active(e.lastActive()) : closed;
            }
            case DeviceStatusSet e -> {
                changed.computeIfPresent(device, (_, _) -> e.status());
                yield new VisiblePresence(changed, lastActive);
            }
        };
    }

    private boolean isSeen() {
        return status() != PresenceStatus.OFFLINE;
    }

    private VisiblePresence active(Instant at) {
        return lastActive != null && lastActive.isAfter(at) ? this : new VisiblePresence(devices, at);
    }
}
