package chat.parley.api.presence;

import java.util.Collection;

/** What others see of a user. */
public enum PresenceStatus {
    ONLINE,
    AWAY,
    OFFLINE;

    /** Away where all devices say so, offline where there is none or one hides the user. */
    public static PresenceStatus of(Collection<DeviceStatus> devices) {
        if (devices.isEmpty() || devices.contains(DeviceStatus.INVISIBLE)) {
            return OFFLINE;
        }
        return devices.contains(DeviceStatus.ONLINE) ? ONLINE : AWAY;
    }
}
