package chat.parley.search.history.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    /** The counts by their names; empty for null. */
    public static Map<String, Long> byName(@Nullable IndexCounts counts) {
        if (counts == null) {
            return Map.of();
        }
        Map<String, Long> named = new LinkedHashMap<>();
        named.put("events", counts.events);
        named.put("messages", counts.messages);
        named.put("retracted", counts.retracted);
        named.put("past", counts.past);
        named.put("rejected", counts.rejected);
        return named;
    }

    /** The counts of these names; null for an empty map. */
    public static @Nullable IndexCounts named(Map<String, Long> counts) {
        return counts.isEmpty()
                ? null
                : new IndexCounts(
                        counts.getOrDefault("events", 0L),
                        counts.getOrDefault("messages", 0L),
                        counts.getOrDefault("retracted", 0L),
                        counts.getOrDefault("past", 0L),
                        counts.getOrDefault("rejected", 0L));
    }

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
