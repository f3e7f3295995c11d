package chat.parley.audit.log.witness;

import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.NoteSignature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cosignatures of one checkpoint, as they come. */
final class Gathering {
    private final SignedCheckpoint checkpoint;
    private final int quorum;
    private final Map<RemoteWitness, NoteSignature> cosignatures = new LinkedHashMap<>();
    private int asked;

    Gathering(SignedCheckpoint checkpoint, int quorum) {
        this.checkpoint = checkpoint;
        this.quorum = quorum;
    }

    SignedCheckpoint checkpoint() {
        return checkpoint;
    }

    synchronized boolean lacks(RemoteWitness witness) {
        return !cosignatures.containsKey(witness);
    }

    synchronized void begin() {
        asked++;
    }

    synchronized void add(RemoteWitness witness, NoteSignature cosignature) {
        cosignatures.put(witness, cosignature);
    }

    synchronized void end() {
        asked--;
        notifyAll();
    }

    /** Waits until there are enough cosignatures, or until all that were asked have answered or failed. */
    synchronized Optional<SignedCheckpoint> await() throws InterruptedException {
        while (cosignatures.size() < quorum && asked > 0) {
            wait();
        }
        return cosignatures.size() < quorum ? Optional.empty() : Optional.of(signed());
    }

    private SignedCheckpoint signed() {
        SignedCheckpoint signed = checkpoint;
        for (NoteSignature cosignature : cosignatures.values()) {
            signed = signed.with(cosignature);
        }
        return signed;
    }
}
