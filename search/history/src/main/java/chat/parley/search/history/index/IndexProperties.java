package chat.parley.search.history.index;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the search index.
 *
 * @param segments      number of segments that the conversations are divided into and that nodes share; fixed when a
 * generation begins
 * @param batchSize     highest number of events per batch
 * @param batchRest     how long events are collected before the next batch once all pending ones are indexed. The index
 * lags by this time and needs less work
 * @param supervision   how often a node checks whether the engine answers and which generations it has to fill
 * @param retireAfter   how long a generation is kept after another is searched, so that open cursors stay valid
 * @param firstRetry    pause before the first retry of a rejected document; each further pause is twice as long
 * @param maxRetryPause the longest pause
 * @param patience      how long a rebuild waits for the filled generation to include the newest event
 */
@ConfigurationProperties("parley.search.index")
public record IndexProperties(
        @DefaultValue("2") int segments,
        @DefaultValue("1000") int batchSize,
        @DefaultValue("250ms") Duration batchRest,
        @DefaultValue("1s") Duration supervision,
        @DefaultValue("10m") Duration retireAfter,
        @DefaultValue("30s") Duration firstRetry,
        @DefaultValue("1h") Duration maxRetryPause,
        @DefaultValue("10s") Duration patience) {
    /** So many ids are asked for to know which segments there are. */
    public static final int MAX_SEGMENTS = 16;

    public IndexProperties {
        if (segments < 1 || segments > MAX_SEGMENTS || batchSize < 1) {
            throw new IllegalArgumentException(
                    "parley.search.index.segments is 1 to " + MAX_SEGMENTS + ", and batch-size at least 1");
        }
    }
}
