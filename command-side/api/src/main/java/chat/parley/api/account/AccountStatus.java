package chat.parley.api.account;

/** Whether there is somebody behind an account. */
public enum AccountStatus {
    ACTIVE,
    /** Closed by its owner until they log in again. */
    DEACTIVATED,
    /** For good. */
    DELETED
}
