package chat.parley.audit.log;

import chat.parley.audit.log.witness.WitnessSettings;
import chat.parley.transparency.note.VerifierKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the transparency log.
 *
 * @param enabled            whether this node appends events to the log and serves it
 * @param origin             beginning of the log's name, a URL without a scheme that is the operator's own; the epoch of
 * the event store follows it
 * @param predecessor        the full name of the log that this one continues in a new epoch, once; otherwise not set
 * @param directory          where the signing key and a copy of the newest checkpoint are, apart from the event store;
 * {@code transparency} in the data directory if it is not set
 * @param checkpointInterval how long an event may wait for the checkpoint that covers it
 * @param proofTimeout       how long a request for a proof waits for that checkpoint
 * @param witnesses          who is asked to cosign checkpoints
 * @param quorum             how many of the witnesses are enough; 0 for more than half of them
 */
@ConfigurationProperties("parley.transparency")
public record TransparencyProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("localhost/parley") String origin,
        @Nullable String predecessor,
        @Nullable Path directory,
        @DefaultValue("1s") Duration checkpointInterval,
        @DefaultValue("5s") Duration proofTimeout,
        @DefaultValue List<KnownWitness> witnesses,
        @DefaultValue("0") int quorum) {
    /**
     * A witness.
     *
     * @param url where it serves {@code /add-checkpoint}
     * @param key its public key, a verifier key for cosignatures
     */
    public record KnownWitness(URI url, String key) {}

    WitnessSettings witnessSettings() {
        Map<VerifierKey, URI> byKey = new LinkedHashMap<>();
        for (KnownWitness witness : witnesses) {
            if (byKey.put(VerifierKey.parse(witness.key()), witness.url()) != null) {
                throw new IllegalArgumentException("A witness is configured twice: " + witness.key());
            }
        }
        return new WitnessSettings(byKey, quorum == 0 ? byKey.size() / 2 + 1 : quorum);
    }

    Path directoryIn(Path dataDir) {
        return directory == null ? dataDir.resolve("transparency") : directory;
    }
}
