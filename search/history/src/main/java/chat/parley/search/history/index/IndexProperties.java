package chat.parley.search.history.index;

import chat.parley.search.history.generation.IndexTokens;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the search index is filled.
 *
 * @param segments      how many parts the conversations are divided into, which nodes share; fixed when a generation
 *                      begins
 * @param batchSize     how many events at most are indexed together
 * @param batchRest     how long events are collected, after all there were have been indexed, before the next batch: the
 *                      index is behind by this much, and cheaper for it
 * @param claimTimeout  after this time without a sign of life, another node takes over a segment
 * @param owner         names this node as the holder of segments; a fixed name, where there is only one node, lets it go
 *                      on at once after a crash. Without one, every process has its own
 * @param supervision   how often a node looks whether the engine answers and which generations there are to be
 * @param retireAfter   how long a generation that is no longer searched is kept, so that pages of before can be turned
 * @param firstRetry    how long after it was not taken a document is tried again; each further pause is twice as long
 * @param maxRetryPause the longest such pause
 * @param patience      how long a rebuild waits, with the new generation filled, for it to see the newest event
 */
@ConfigurationProperties("parley.search.index")
public record IndexProperties(
        @DefaultValue("2") int segments,
        @DefaultValue("1000") int batchSize,
        @DefaultValue("250ms") Duration batchRest,
        @DefaultValue("10s") Duration claimTimeout,
        @Nullable String owner,
        @DefaultValue("1s") Duration supervision,
        @DefaultValue("10m") Duration retireAfter,
        @DefaultValue("30s") Duration firstRetry,
        @DefaultValue("1h") Duration maxRetryPause,
        @DefaultValue("10s") Duration patience) {
    public IndexProperties {
        if (segments < 1 || segments > IndexTokens.MAX_SEGMENTS || batchSize < 1) {
            throw new IllegalArgumentException(
                    "parley.search.index.segments is 1 to " + IndexTokens.MAX_SEGMENTS + ", and batch-size at least 1");
        }
    }
}
