package chat.parley.api.presence;

/** Why a device is no longer connected. */
public enum OfflineReason {
    LOGGED_OUT,

    /** The connection was lost and the device did not reconnect within the grace time. */
    SILENT
}
