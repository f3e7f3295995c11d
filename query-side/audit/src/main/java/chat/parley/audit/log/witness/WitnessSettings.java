package chat.parley.audit.log.witness;

import chat.parley.transparency.note.VerifierKey;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The witnesses that are asked.
 *
 * @param witnesses where each takes checkpoints, by its key
 * @param quorum    how many of them are enough
 */
public record WitnessSettings(Map<VerifierKey, URI> witnesses, int quorum) {
    public WitnessSettings {
        if (!witnesses.isEmpty() && (quorum < 1 || quorum > witnesses.size())) {
            throw new IllegalArgumentException(
                    "A quorum of " + quorum + " cannot be met by " + witnesses.size() + " witnesses");
        }
        witnesses = Collections.unmodifiableMap(new LinkedHashMap<>(witnesses));
    }
}
