package chat.parley.search.index;

/**
 * What a generation holds.
 *
 * @param events    events of messages that it has seen
 * @param messages  documents of messages, tombstones included
 * @param retracted tombstones
 * @param past      texts of before
 * @param rejected  documents that Elasticsearch has not taken, which are tried again
 */
record IndexCounts(long events, long messages, long retracted, long past, long rejected) {
    /** Whether all that these events made is here, but for what was rejected. */
    boolean coversEventsOf(Tally seen) {
        return messages + rejected >= seen.sent()
                && retracted + rejected >= seen.retracted()
                && past + rejected >= seen.past();
    }

    /** Whether nothing is here but what these events made. */
    boolean isWithinEventsOf(Tally seen) {
        return messages <= seen.sent() && retracted <= seen.retracted() && past <= seen.past();
    }
}
