package chat.parley.search.history.document;

import chat.parley.search.history.index.EventCounts;

/**
 * Counts of a generation.
 *
 * @param events    message events processed
 * @param messages  documents of messages, tombstones included
 * @param retracted tombstones
 * @param past      past texts
 * @param rejected  documents that Elasticsearch rejected and that are retried
 */
public record IndexCounts(long events, long messages, long retracted, long past, long rejected) {
    /** Whether the generation contains everything that these events produce, except rejected documents. */
    public boolean coversEventsOf(EventCounts seen) {
        return messages + rejected >= seen.sent()
                && retracted + rejected >= seen.retracted()
                && past + rejected >= seen.past();
    }

    /** Whether the generation contains nothing beyond what these events produce. */
    public boolean isWithinEventsOf(EventCounts seen) {
        return messages <= seen.sent() && retracted <= seen.retracted() && past <= seen.past();
    }
}
