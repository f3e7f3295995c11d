package chat.parley.retention.erasure;

/** The last step of an erasure that is known to be taken. The names are stored. */
public enum Step {
    /** Nothing is decided yet. */
    ASKED,
    /** Decided against, before anything was destroyed. Final, but another erasure may be ordered. */
    REFUSED,
    /** The order is an event, so the keys will be destroyed whatever happens. */
    ORDERED,
    /** Nobody can read the user's texts any more. */
    KEYS_DESTROYED,
    /** The stores know. Final. */
    ERASED
}
