package chat.parley.projections;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The read side.
 *
 * @param segments     how many parts the events are divided into, which nodes share; fixed when a generation begins
 * @param batchSize    how many events at most are written together
 * @param batchRest    how long events are collected, after all there were have been written, before the next batch, unless
 *                     somebody waits for them: the read side is behind by this much, and cheaper for it
 * @param maxWait      how long a question waits for the read side to have come as far as it asks for
 * @param entryWait    how long a question for entries waits for the position it asks for
 * @param claimTimeout after this time without a sign of life, another node takes over a segment
 * @param owner        names this node as the holder of segments; a fixed name, where there is only one node, lets it
 *                     go on at once after a crash. Without one, every process has its own
 * @param supervision  how often a node looks whether another generation is to be filled or served
 * @param retireAfter  how long a generation that is no longer served is kept, so that questions under way are answered
 */
@ConfigurationProperties("parley.read-side")
public record ReadSideProperties(
        @DefaultValue("2") int segments,
        @DefaultValue("1000") int batchSize,
        @DefaultValue("250ms") Duration batchRest,
        @DefaultValue("5s") Duration maxWait,
        @DefaultValue("1s") Duration entryWait,
        @DefaultValue("10s") Duration claimTimeout,
        @Nullable String owner,
        @DefaultValue("1s") Duration supervision,
        @DefaultValue("30s") Duration retireAfter) {
    public ReadSideProperties {
        if (segments < 1 || batchSize < 1) {
            throw new IllegalArgumentException("parley.read-side.segments and batch-size are at least 1");
        }
    }
}
