package chat.parley.transparency.witness;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.ConsistencyProof;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cosigns the checkpoints of logs that only grow. It records a checkpoint before it gives its cosignature away, and
 * never one that does not continue the recorded one. Safe for several threads.
 */
public final class Witness {
    private final List<SigningKey> keys;
    private final Map<String, List<VerifierKey>> logs;
    private final WitnessState state;
    private final Clock clock;

    /**
     * A witness of some logs.
     *
     * @param keys its own keys, each of which cosigns
     * @param logs the keys of each log, by its origin
     */
    public Witness(List<SigningKey> keys, Map<String, List<VerifierKey>> logs, WitnessState state, Clock clock) {
        if (keys.isEmpty()) {
            throw new TransparencyException(Reason.KEY_INVALID, "A witness has no key.");
        }
        if (keys.stream().anyMatch(key -> key.verifier().type() == SignatureType.ED25519)) {
            throw new TransparencyException(
                    Reason.KEY_INVALID, "A witness's key is for notes and not for cosignatures.");
        }
        this.keys = List.copyOf(keys);
        this.logs = Map.copyOf(logs);
        this.state = state;
        this.clock = clock;
    }

    /**
     * Answers the body of an add-checkpoint request. Failures of the record leave this as exceptions, and then nothing
     * was cosigned.
     */
    public AddCheckpointResponse addCheckpoint(byte[] body) {
        AddCheckpointRequest request;
        try {
            request = AddCheckpointRequest.parse(body);
        } catch (TransparencyException e) {
            return declined(AddCheckpointResponse.BAD_REQUEST, e);
        }
        return addCheckpoint(request);
    }

    private AddCheckpointResponse addCheckpoint(AddCheckpointRequest request) {
        SignedCheckpoint submitted = request.checkpoint();
        Checkpoint checkpoint = submitted.checkpoint();
        List<VerifierKey> logKeys = logs.get(checkpoint.origin());
        if (logKeys == null) {
            return declined(AddCheckpointResponse.NOT_FOUND, "This witness does not know the log.");
        }
        SignedCheckpoint verified;
        try {
            verified = requireSigned(submitted, logKeys);
        } catch (TransparencyException e) {
            return declined(AddCheckpointResponse.FORBIDDEN, e);
        }
        long newSize = checkpoint.head().size();
        if (request.oldSize() > newSize) {
            return declined(AddCheckpointResponse.BAD_REQUEST, "The old size is larger than the checkpoint.");
        }
        Optional<SignedCheckpoint> latest = state.latest(checkpoint.origin());
        TreeHead oldHead = latest.map(cosigned -> cosigned.checkpoint().head()).orElse(TreeHead.EMPTY);
        if (request.oldSize() != oldHead.size()) {
            return new AddCheckpointResponse.Conflict(oldHead.size());
        }
        if (!new ConsistencyProof(oldHead.size(), newSize, request.proof())
                .proves(oldHead.root(), checkpoint.head().root())) {
            return declined(AddCheckpointResponse.UNPROCESSABLE, "The checkpoint does not continue the recorded one.");
        }
        return record(checkpoint.origin(), latest, verified);
    }

    /** The checkpoint with the log's signatures alone, at least one of which is good and none bad. */
    private static SignedCheckpoint requireSigned(SignedCheckpoint submitted, List<VerifierKey> logKeys) {
        logKeys.forEach(submitted::by);
        return submitted.onlyBy(logKeys);
    }

    private AddCheckpointResponse record(String origin, Optional<SignedCheckpoint> latest, SignedCheckpoint verified) {
        SignedCheckpoint cosigned = verified;
        long now = clock.instant().getEpochSecond();
        for (SigningKey key : keys) {
            cosigned = cosigned.cosign(key, now);
        }
        if (!state.replace(origin, latest, cosigned)) {
            // Another request was recorded meanwhile.
            return new AddCheckpointResponse.Conflict(state.latest(origin)
                    .map(other -> other.checkpoint().head().size())
                    .orElse(0L));
        }
        List<NoteSignature> all = cosigned.signatures();
        return new AddCheckpointResponse.Cosigned(all.subList(all.size() - keys.size(), all.size()));
    }

    /** The newest checkpoint of a log that was cosigned, for monitors. */
    public Optional<SignedCheckpoint> latest(String originHash) {
        return logs.keySet().stream()
                .filter(origin -> originHash(origin).equals(originHash))
                .findFirst()
                .flatMap(state::latest);
    }

    /** Names a log in a path: the SHA-256 of its origin in lowercase hex. */
    public static String originHash(String origin) {
        return HexFormat.of().formatHex(Hash.plain(StrictText.utf8(origin)).toBytes());
    }

    private static AddCheckpointResponse declined(int status, TransparencyException cause) {
        return declined(status, String.valueOf(cause.getMessage()));
    }

    private static AddCheckpointResponse declined(int status, String message) {
        return new AddCheckpointResponse.Declined(status, message);
    }
}
