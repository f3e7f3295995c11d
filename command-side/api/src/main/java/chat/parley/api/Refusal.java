package chat.parley.api;

import java.util.Optional;

/**
 * Every reason for which Parley refuses a command, query, request or frame. Clients depend on {@link #code()}, which
 * never changes. HTTP status and title are what problem+json shows beside it.
 */
public enum Refusal {
    // Malformed input
    MALFORMED_JSON(400, "This is not well-formed JSON of the expected shape"),
    INVALID_ID(400, "An id has 1 to 64 letters, digits, '-' or '_'"),
    INVALID_PARAMETER(400, "A parameter is missing or out of its range"),
    UNKNOWN_FRAME_TYPE(400, "There is no such frame type"),
    BINARY_FRAME(400, "Frames are text"),
    REF_REQUIRED(400, "This frame needs a ref"),
    HELLO_REQUIRED(400, "The first frame is hello"),
    HELLO_REPEATED(400, "hello is sent once"),
    PAYLOAD_TOO_LARGE(413, "This is larger than the limit"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    UNSUPPORTED_MEDIA_TYPE(415, "Send application/json"),

    // Authentication and authorisation
    UNAUTHENTICATED(401, "Log in first"),
    TOKEN_INVALID(401, "This token is invalid or revoked"),
    TOKEN_EXPIRED(401, "This token has expired; refresh it"),
    BAD_CREDENTIALS(401, "Username or password is wrong"),
    FORBIDDEN(403, "You may not do this"),

    // Accounts
    USERNAME_INVALID(
            400,
            "A username has 1 to 64 letters, digits and signs of one script, nothing invisible, and is no reserved"
                    + " word"),
    USERNAME_TAKEN(409, "This username is taken"),
    PASSWORD_INVALID(400, "A password has 8 to 1024 characters, none of them a control character or invisible"),
    DISPLAY_NAME_INVALID(400, "A display name is one line of 1 to 100 characters, not all of them blank"),
    USER_NOT_FOUND(404, "There is no such user"),
    SELF_NOT_ALLOWED(400, "This cannot be done with yourself"),
    BLOCKED(403, "This person cannot be written to"),
    LAST_ADMIN(409, "The last admin keeps the role"),
    SESSION_NOT_FOUND(404, "You have no such session"),
    USER_UNAVAILABLE(409, "This person's account is deactivated or deleted"),
    USERNAME_CHANGE_TOO_SOON(409, "The username was changed often lately; try again later"),
    PASSWORD_WRONG(403, "The password is wrong"),
    CODE_INVALID(403, "This code is wrong, used or expired"),
    MAIL_OFF(409, "This server sends no mail"),
    MAIL_ADDRESS_INVALID(400, "A mail address is written name@domain and has at most 254 characters"),

    // Settings and contacts
    LANGUAGE_INVALID(400, "A language is a well-formed BCP 47 tag of at most 35 characters"),
    QUIET_HOURS_INVALID(400, "Quiet hours have two different times and the name of a time zone"),
    CONTACT_REFUSED(403, "This person does not accept contact requests from you"),
    CONTACT_REQUEST_TOO_SOON(409, "Your last request to this person was declined or withdrawn; try again later"),

    // Conversations and membership
    ADDITION_REFUSED(403, "This person's settings do not let you add them to groups"),
    CONVERSATION_NOT_FOUND(404, "There is no such conversation"),
    NOT_A_MEMBER(403, "You are not a member of this conversation"),
    NOT_A_GROUP(409, "This works in groups only"),
    GROUP_FULL(409, "A group has no more members than this server allows"),
    GROUP_INVITE_ONLY(403, "This group is joined by invitation"),
    ALREADY_A_MEMBER(409, "Already a member of this group"),
    ROLE_REQUIRED(403, "Your role in this group does not allow this"),
    OWNER_CANNOT_LEAVE(409, "Make somebody else the owner first"),
    TITLE_INVALID(400, "A title is one line of 1 to 200 characters, not all of them blank"),

    // Messages and positions
    MESSAGE_EMPTY(400, "A message has at least one character that is not blank"),
    MESSAGE_TOO_LONG(400, "A message has at most 100000 characters"),
    TEXT_INVALID(400, "Text must not contain NUL or lone surrogates"),
    CLIENT_MESSAGE_ID_REUSED(409, "This clientMessageId was used for another message"),
    MENTIONS_INVALID(400, "Mention at most 100 members of the conversation"),
    EMOJI_INVALID(400, "A reaction is one emoji"),
    POSITION_NOT_FOUND(404, "You can see no entry at this position"),
    NOT_A_MESSAGE(409, "The entry at this position is not a message"),
    NOT_YOUR_MESSAGE(403, "This is somebody else's message"),
    MESSAGE_RETRACTED(409, "This message was retracted"),

    // Cursors
    CURSOR_INVALID(400, "This cursor was not issued by this server"),
    CURSOR_EXPIRED(410, "This cursor is of an earlier epoch; load the inbox anew"),

    // Search
    SEARCH_OFF(404, "Search is switched off on this server"),
    SEARCH_STARTING(503, "Search is starting; try again"),
    SEARCH_UNAVAILABLE(503, "Search does not answer at present; try again"),
    QUERY_INVALID(400, "This query cannot be understood"),
    QUERY_TOO_LONG(400, "A query has at most 1000 characters"),
    SEARCH_CURSOR_EXPIRED(410, "This page has expired; search again"),
    SAVED_SEARCH_NOT_FOUND(404, "You have no such saved search"),
    SAVED_SEARCH_INVALID(400, "A saved search has a query and a name of one line, of 1 to 100 characters"),
    EXPORT_NOT_FOUND(404, "You have no such export"),
    EXPORT_NOT_READY(409, "This export has no archive: it runs, has failed or was withdrawn"),
    REBUILD_RUNNING(409, "A rebuild is under way already"),

    // Audit
    REASON_REQUIRED(400, "State a reason: one line of 1 to 500 characters"),
    EVENT_NOT_FOUND(404, "There is no such event"),
    NOT_LOGGED_YET(503, "The transparency log has not reached this event yet; try again"),
    TILE_NOT_FOUND(404, "The transparency log has no such tile"),
    PREDECESSOR_NOT_FOUND(404, "This transparency log continues no other one"),
    NOT_COSIGNED(404, "No checkpoint has been cosigned by enough witnesses"),

    // Holds, erasure and retention
    ON_HOLD(409, "A legal hold refuses this; lift the hold first"),
    HOLD_NOT_FOUND(404, "There is no such legal hold"),
    HOLD_EXISTS(409, "There is another legal hold of this name"),
    SECOND_PERSON_REQUIRED(403, "A legal hold is lifted by another auditor than the one who placed it"),
    RETENTION_INVALID(400, "Texts are kept for 1 to 36500 days"),
    ERASURE_NOT_FOUND(404, "No erasure of this user was ordered"),

    // Push registrations
    PUSH_SERVICE_OFF(409, "This server does not send notifications through this service"),
    PUSH_ENDPOINT_INVALID(400, "A push endpoint is an https URL of a public server, of at most 2048 characters"),
    PUSH_KEYS_INVALID(400, "The keys of a subscription are a point of P-256 and 16 bytes, in URL-safe Base64"),
    PUSH_TOKEN_INVALID(400, "This is not a token of this service"),

    // Load and failures
    RATE_LIMITED(429, "Too many requests; wait and try again"),
    LIMIT_EXCEEDED(429, "There are too many of these already"),
    RETRY_LATER(503, "The server cannot answer this yet; try again"),
    OUTCOME_UNKNOWN(503, "It is not known whether this was done"),
    DRAINING(503, "This node is shutting down; connect again"),
    INTERNAL_ERROR(500, "An internal error occurred");

    private final int status;
    private final String title;
    private final String code;

    Refusal(int status, String title) {
        this.status = status;
        this.title = title;
        this.code = KebabCase.of(this);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One sentence for people. */
    public String title() {
        return title;
    }

    /** The stable code for programs, such as {@code not-a-member}. */
    public String code() {
        return code;
    }

    static Optional<Refusal> fromDetails(Object details) {
        if (details instanceof Refusal refusal) {
            return Optional.of(refusal);
        }
        for (Refusal refusal : values()) {
            if (refusal.name().equals(details)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
