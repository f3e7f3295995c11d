package chat.parley.api.account;

/** Whether an account is in use. */
public enum AccountStatus {
    ACTIVE,
    /** Deactivated by its owner; the next login reactivates it. */
    DEACTIVATED,
    /** Final. */
    DELETED
}
