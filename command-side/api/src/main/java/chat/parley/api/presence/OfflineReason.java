package chat.parley.api.presence;

/** Why a device is no longer there. */
public enum OfflineReason {
    LOGGED_OUT,

    /** Nothing was heard of it for longer than a lost connection may take to come back. */
    SILENT
}
