package chat.parley.transparency.checkpoint;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A checkpoint with signatures by its log and by witnesses. Having one says nothing about its signatures. */
public final class SignedCheckpoint {
    private final Checkpoint checkpoint;
    private final Note note;

    private SignedCheckpoint(Checkpoint checkpoint, Note note) {
        this.checkpoint = checkpoint;
        this.note = note;
    }

    public static SignedCheckpoint parse(byte[] bytes) {
        Note note = Note.parse(bytes);
        return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
    }

    /**
     * Signs a checkpoint.
     *
     * @param epochSecond the time for keys whose signatures have one
     */
    public static SignedCheckpoint sign(Checkpoint checkpoint, SigningKey key, long epochSecond) {
        NoteSignature signature = CheckpointSignatures.sign(checkpoint, key, epochSecond);
        return new SignedCheckpoint(checkpoint, new Note(checkpoint.text(), List.of(signature)));
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    public List<NoteSignature> signatures() {
        return note.signatures();
    }

    /**
     * Verifies the signatures by one key, of the log or of a witness.
     *
     * @return the first of them; none if there is no signature under the key's name and id
     */
    public Optional<VerifiedSignature> by(VerifierKey key) {
        List<VerifiedSignature> verified = key.signaturesOn(note).stream()
                .map(signature -> CheckpointSignatures.verify(checkpoint, key, signature))
                .toList();
        return verified.stream().findFirst();
    }

    /** Signs this checkpoint by one more key, such as a witness's. */
    public SignedCheckpoint cosign(SigningKey key, long epochSecond) {
        return with(CheckpointSignatures.sign(checkpoint, key, epochSecond));
    }

    public SignedCheckpoint with(NoteSignature signature) {
        return new SignedCheckpoint(checkpoint, note.with(signature));
    }

    /** Adds the signatures that verify under one of these keys, and ignores those of other keys. */
    public SignedCheckpoint withVerified(List<NoteSignature> offered, Collection<VerifierKey> trusted) {
        SignedCheckpoint result = this;
        for (NoteSignature signature : offered) {
            for (VerifierKey key : trusted) {
                if (signature.keyId() == key.id() && signature.name().equals(key.name())) {
                    CheckpointSignatures.verify(checkpoint, key, signature);
                    result = result.with(signature);
                }
            }
        }
        return result;
    }

    /** Keeps only the signatures by these keys. */
    public SignedCheckpoint onlyBy(Collection<VerifierKey> keys) {
        List<NoteSignature> kept = note.signatures().stream()
                .filter(signature -> keys.stream()
                        .anyMatch(key -> signature.keyId() == key.id()
                                && signature.name().equals(key.name())))
                .toList();
        if (kept.isEmpty()) {
            throw new TransparencyException(Reason.SIGNER_UNKNOWN, "No signature is by one of the keys.");
        }
        return new SignedCheckpoint(checkpoint, new Note(note.text(), kept));
    }

    public byte[] toBytes() {
        return note.toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedCheckpoint that && note.equals(that.note);
    }

    @Override
    public int hashCode() {
        return note.hashCode();
    }

    /** The checkpoint as it is stored and sent. */
    @Override
    public String toString() {
        return note.toString();
    }
}
