package chat.parley.web.limit;

/** The kinds of rate limits. {@link Limits} has the capacity of each. */
public enum RateLimit {
    /** Requests with a valid token, by user. */
    USER_REQUEST,
    /** Requests of any kind, by network address. */
    ADDRESS_REQUEST,
    /** New accounts, by network address. */
    SIGN_UP,
    /** Contact requests and acceptances, by user. */
    CONTACT_REQUEST,
    /** Wrong passwords of a user who is logged in. */
    PASSWORD_CHECK,
    /** Requests for and uses of password reset codes, by network address. */
    PASSWORD_RESET,
    /** Attempts to change the username, by user. */
    USERNAME_CHANGE,
    /** Mails with a code, by recipient. */
    MAIL,
    /** Exports of a person's own data, by user. */
    DATA_EXPORT
}
