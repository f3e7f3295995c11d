package chat.parley.audit.log.witness;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.witness.AddCheckpointRequest;
import chat.parley.transparency.witness.AddCheckpointResponse;
import chat.parley.transparency.witness.AddCheckpointResponse.Conflict;
import chat.parley.transparency.witness.AddCheckpointResponse.Cosigned;
import chat.parley.transparency.witness.AddCheckpointResponse.Declined;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One witness and how far it has cosigned. It gets one checkpoint at a time. */
public final class RemoteWitness {
    private static final Logger log = LoggerFactory.getLogger(RemoteWitness.class);

    /** A witness tells what it cosigned last in its first answer. */
    private static final int ATTEMPTS = 2;

    /** What the witness's last answer was. */
    public enum State {
        /** Nothing was sent yet. */
        NEW,
        COSIGNING,
        /** None, or no good one. */
        FAILING,
        /** It has cosigned a history that this log does not continue. */
        CONTRADICTING
    }

    private final VerifierKey key;
    private final WitnessClient client;
    private final TileStore tiles;
    private final CheckpointStore checkpoints;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long cosignedSize;
    private volatile State state = State.NEW;

    RemoteWitness(VerifierKey key, WitnessClient client, TileStore tiles, CheckpointStore checkpoints) {
        if (key.type() == SignatureType.ED25519) {
            throw new IllegalArgumentException("The key of the witness " + key.name() + " does not cosign");
        }
        this.key = key;
        this.client = client;
        this.tiles = tiles;
        this.checkpoints = checkpoints;
    }

    VerifierKey key() {
        return key;
    }

    public String name() {
        return key.name();
    }

    public State state() {
        return state;
    }

    /** The size that it cosigned last, as far as this node knows. */
    long cosignedSize() {
        return cosignedSize;
    }

    /** Reserves the witness for one call of {@link #cosign}. */
    boolean reserve() {
        return busy.compareAndSet(false, true);
    }

    /** The witness's verified cosignature; empty if it gives none, which is logged. */
    Optional<NoteSignature> cosign(SignedCheckpoint checkpoint) throws InterruptedException {
        try {
            return offer(checkpoint);
        } catch (IOException | RuntimeException failed) {
            enter(State.FAILING, failed.toString());
            return Optional.empty();
        } finally {
            busy.set(false);
        }
    }

    private Optional<NoteSignature> offer(SignedCheckpoint checkpoint) throws IOException, InterruptedException {
        long size = checkpoint.checkpoint().head().size();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long oldSize = Math.min(cosignedSize, size);
            switch (client.send(request(oldSize, checkpoint))) {
                case Cosigned answer -> {
                    NoteSignature cosignature = verified(checkpoint, answer);
                    cosignedSize = size;
                    enter(State.COSIGNING, "size " + size);
                    return Optional.of(cosignature);
                }
                case Conflict(long recorded) -> {
                    cosignedSize = recorded;
                    if (recorded > size) {
                        return ahead(recorded, size);
                    }
                    if (recorded == oldSize) {
                        return contradicting("it has cosigned another tree of size " + recorded);
                    }
                }
                case Declined answer
                when answer.status() == AddCheckpointResponse.UNPROCESSABLE -> {
                    return contradicting(
                            "the log does not continue the tree of size " + oldSize + " that it has cosigned");
                }
                case Declined answer -> throw new IOException("It declined with the status " + answer.status());
            }
        }
        throw new IOException("Its record changes between two requests");
    }

    private AddCheckpointRequest request(long oldSize, SignedCheckpoint checkpoint) {
        long size = checkpoint.checkpoint().head().size();
        return new AddCheckpointRequest(
                oldSize,
                new MerkleTree(new TileReader(tiles, size), size)
                        .consistency(oldSize)
                        .path(),
                checkpoint);
    }

    private NoteSignature verified(SignedCheckpoint checkpoint, Cosigned answer) {
        SignedCheckpoint cosigned = checkpoint.withVerified(answer.cosignatures(), List.of(key));
        if (cosigned.equals(checkpoint)) {
            throw new TransparencyException(Reason.SIGNER_UNKNOWN, "No cosignature is by " + key);
        }
        return cosigned.signatures().get(checkpoint.signatures().size());
    }

    /** Another node may have sent a newer checkpoint; what no node has stored is a history that was lost. */
    private Optional<NoteSignature> ahead(long recorded, long size) {
        long stored = checkpoints
                .checkpoint()
                .map(newest -> newest.checkpoint().head().size())
                .orElse(0L);
        return recorded > stored
                ? contradicting("it has cosigned " + recorded + " events and the log has " + size)
                : Optional.empty();
    }

    private Optional<NoteSignature> contradicting(String finding) {
        enter(State.CONTRADICTING, finding);
        return Optional.empty();
    }

    private void enter(State entered, String detail) {
        if (state == entered) {
            return;
        }
        state = entered;
        switch (entered) {
            case NEW, COSIGNING -> log.info("The witness {} cosigns: {}", key.name(), detail);
            case FAILING -> log.warn("The witness {} does not cosign and is asked again: {}", key.name(), detail);
            case CONTRADICTING ->
                log.error(
                        "The log was rolled back or rewritten, says the witness {}: {}. Restore a newer backup of the"
                                + " event store and the vault's database.",
                        key.name(),
                        detail);
        }
    }
}
