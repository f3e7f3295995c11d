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
 * The devices of one user that are connected, and when others last saw the user do something: the one rule of both.
 * Who is invisible is not seen to be active either. Immutable.
 *
 * @param devices    by device id
 * @param lastActive never goes back; null for never
 */
public record SeenPresence(
        Map<String, DeviceStatus> devices, @Nullable Instant lastActive) {
    public static final SeenPresence NONE = new SeenPresence(Map.of(), null);

    public SeenPresence {
        devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    }

    public PresenceStatus status() {
        return PresenceStatus.of(devices.values());
    }

    public SeenPresence after(PresenceEvent event) {
        Map<String, DeviceStatus> changed = new TreeMap<>(devices);
        String device = event.device().value();
        return switch (event) {
            case DeviceOpened e -> {
                changed.put(device, DeviceStatus.ONLINE);
                SeenPresence opened = new SeenPresence(changed, lastActive);
                yield opened.isSeen() ? opened.active(e.at()) : opened;
            }
            case DeviceClosed e -> {
                changed.remove(device);
                SeenPresence closed = new SeenPresence(changed, lastActive);
                yield isSeen() ? closed.active(e.lastActive()) : closed;
            }
            case DeviceStatusSet e -> {
                changed.computeIfPresent(device, (_, _) -> e.status());
                yield new SeenPresence(changed, lastActive);
            }
        };
    }

    private boolean isSeen() {
        return status() != PresenceStatus.OFFLINE;
    }

    private SeenPresence active(Instant at) {
        return lastActive != null && lastActive.isAfter(at) ? this : new SeenPresence(devices, at);
    }
}
