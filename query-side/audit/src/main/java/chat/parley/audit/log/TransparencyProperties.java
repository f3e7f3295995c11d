package chat.parley.audit.log;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the transparency log.
 *
 * @param enabled            whether this node appends events to the log and serves it
 * @param origin             beginning of the log's name, a URL without a scheme that is the operator's own; the epoch of
 * the event store follows it
 * @param directory          where the signing key and a copy of the newest checkpoint are, apart from the event store;
 * {@code transparency} in the data directory if it is not set
 * @param checkpointInterval how long an event may wait for the checkpoint that covers it
 * @param proofTimeout       how long a request for a proof waits for that checkpoint
 */
@ConfigurationProperties("parley.transparency")
public record TransparencyProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("localhost/parley") String origin,
        @Nullable Path directory,
        @DefaultValue("1s") Duration checkpointInterval,
        @DefaultValue("5s") Duration proofTimeout) {
    Path directoryIn(Path dataDir) {
        return directory == null ? dataDir.resolve("transparency") : directory;
    }
}
