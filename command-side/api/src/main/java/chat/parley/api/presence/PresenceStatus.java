package chat.parley.api.presence;

import java.util.Collection;

/** A user's status as others see it. */
public enum PresenceStatus {
    ONLINE,
    AWAY,
    OFFLINE;

    /** Offline if no device is connected or one is invisible; away if all devices are away; else online. */
    public static PresenceStatus of(Collection<DeviceStatus> devices) {
        if (devices.isEmpty() || devices.contains(DeviceStatus.INVISIBLE)) {
            return OFFLINE;
        }
        return devices.contains(DeviceStatus.ONLINE) ? ONLINE : AWAY;
    }
}
