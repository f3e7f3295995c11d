package chat.parley.search.history.index;

/** How many events of messages there were: what the indexes have to hold can be told from it. */
public record EventCounts(long sent, long edited, long retracted) {
    public static final EventCounts NONE = new EventCounts(0, 0, 0);

    public EventCounts plus(EventCounts other) {
        return new EventCounts(sent + other.sent, edited + other.edited, retracted + other.retracted);
    }

    /** Each edit and each retraction puts an end to one text. */
    public long past() {
        return edited + retracted;
    }
}
