package chat.parley.api.presence;

/** The status that a connected device has set. */
public enum DeviceStatus {
    ONLINE,
    AWAY,

    /** The user appears offline to others, regardless of the user's other devices. */
    INVISIBLE
}
