package chat.parley.search.history.document;

import chat.parley.search.history.index.EventCounts;

/**
 * What a generation holds.
 *
 * @param events    events of messages that it has seen
 * @param messages  documents of messages, tombstones included
 * @param retracted tombstones
 * @param past      texts of before
 * @param rejected  documents that Elasticsearch has not taken, which are tried again
 */
public record IndexCounts(long events, long messages, long retracted, long past, long rejected) {
    /** Whether all that these events made is here, but for what was rejected. */
    public boolean coversEventsOf(EventCounts seen) {
        return messages + rejected >= seen.sent()
                && retracted + rejected >= seen.retracted()
                && past + rejected >= seen.past();
    }

    /** Whether nothing is here but what these events made. */
    public boolean isWithinEventsOf(EventCounts seen) {
        return messages <= seen.sent() && retracted <= seen.retracted() && past <= seen.past();
    }
}
