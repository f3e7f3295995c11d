package chat.parley.search.history.document;

/** Numbers of message events, from which the expected content of the indexes is computed. */
public record EventCounts(long sent, long edited, long retracted) {
    public static final EventCounts NONE = new EventCounts(0, 0, 0);

    public EventCounts plus(EventCounts other) {
        return new EventCounts(sent + other.sent, edited + other.edited, retracted + other.retracted);
    }

    /** Number of past texts: each edit and each retraction ends one text. */
    public long past() {
        return edited + retracted;
    }
}
