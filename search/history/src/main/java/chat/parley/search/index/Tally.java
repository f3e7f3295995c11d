package chat.parley.search.index;

/** How many events of messages there were: what the indexes have to hold can be told from it. */
record Tally(long sent, long edited, long retracted) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(sent + other.sent, edited + other.edited, retracted + other.retracted);
    }

    /** Each edit and each retraction puts an end to one text. */
    long past() {
        return edited + retracted;
    }
}
