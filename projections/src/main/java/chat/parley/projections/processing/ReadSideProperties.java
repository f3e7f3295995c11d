package chat.parley.projections.processing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the read side.
 *
 * @param segments     number of segments that the events are divided into and that nodes share; fixed when a generation
 * begins
 * @param batchSize    highest number of events per batch
 * @param batchRest    how long events are collected before the next batch once all pending ones are written, unless a
 * query waits for them. The read side lags by this time and needs less work
 * @param maxWait      how long a query waits for the read side to reach the index that it asks for
 * @param entryWait    how long a query for entries waits for the position that it asks for
 * @param supervision  how often a node checks which generations it has to fill or serve
 * @param retireAfter  how long a generation is kept after another is served, for queries that still run
 */
@ConfigurationProperties("parley.read-side")
public record ReadSideProperties(
        @DefaultValue("2") int segments,
        @DefaultValue("1000") int batchSize,
        @DefaultValue("250ms") Duration batchRest,
        @DefaultValue("5s") Duration maxWait,
        @DefaultValue("1s") Duration entryWait,
        @DefaultValue("1s") Duration supervision,
        @DefaultValue("30s") Duration retireAfter) {
    public ReadSideProperties {
        if (segments < 1 || batchSize < 1) {
            throw new IllegalArgumentException("parley.read-side.segments and batch-size are at least 1");
        }
    }
}
