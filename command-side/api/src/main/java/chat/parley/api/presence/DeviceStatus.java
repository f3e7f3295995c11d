package chat.parley.api.presence;

/** What a connected device says of its user. */
public enum DeviceStatus {
    ONLINE,
    AWAY,

    /** Looks offline to everybody else, whatever the user's other devices say. */
    INVISIBLE
}
