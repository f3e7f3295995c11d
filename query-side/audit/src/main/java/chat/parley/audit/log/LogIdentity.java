package chat.parley.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.process.PrivateFiles;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.storage.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The log's signing key and a copy of its newest checkpoint, in a directory apart from the event store and the vault.
 * Whoever rolls the database back does not roll this copy back.
 */
final class LogIdentity {
    private static final String KEY = "log.key";
    private static final String CHECKPOINT = "checkpoint";
    private static final String FORMER = "former-";
    private static final int MAX_KEY_BYTES = 1024;
    private static final int MAX_CHECKPOINT_BYTES = 256 * 1024;

    private final Path directory;
    private final String origin;

    LogIdentity(Path directory, String origin) {
        this.directory = directory;
        this.origin = origin;
    }

    String origin() {
        return origin;
    }

    /**
     * The key of this log. A log without a checkpoint gets a new one.
     *
     * @throws LogStoppedException if a log with checkpoints has no key, or the file has the key of another log or none
     */
    SigningKey key(boolean hasCheckpoint) {
        Path file = directory.resolve(KEY);
        Optional<SigningKey> stored = storedKey();
        if (stored.isEmpty() && hasCheckpoint) {
            throw new LogStoppedException("The signing key " + file
                    + " is missing, but the log has been signed before. Bring the file back from its backup.");
        }
        SigningKey key = stored.orElseGet(() -> create(file));
        if (!key.verifier().name().equals(origin)) {
            throw new LogStoppedException("The signing key " + file + " is of the log "
                    + key.verifier().name() + ", and this is the log " + origin
                    + ". Bring the file back that belongs to this event store, or continue that log in a new epoch.");
        }
        return key;
    }

    /** The key in the directory, of this log or of another. */
    Optional<SigningKey> storedKey() {
        return read(KEY, MAX_KEY_BYTES, text -> SigningKey.parse(new String(text, UTF_8).strip()));
    }

    /** @throws LogStoppedException if there is a file of this name with something else in it */
    private <T> Optional<T> read(String name, int mostBytes, Function<byte[], T> parser) {
        Path file = directory.resolve(name);
        try {
            return DurableFiles.read(file, mostBytes).map(parser);
        } catch (TransparencyException malformed) {
            throw new LogStoppedException("The file " + file + " was altered or damaged. " + malformed.getMessage()
                    + " Bring the file back from its backup.");
        }
    }

    private SigningKey create(Path file) {
        SigningKey key = SigningKey.generate(origin, SignatureType.ED25519, new SecureRandom());
        try {
            Files.createDirectories(directory);
            PrivateFiles.write(file, key.secretText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key;
    }

    /** Gives the key and the checkpoint of a log that was continued other names. The key is moved last. */
    void retire(VerifierKey key) {
        String prefix = FORMER + Integer.toHexString(key.id()) + "-";
        try {
            for (String name : List.of(CHECKPOINT, KEY)) {
                Path file = directory.resolve(name);
                if (Files.exists(file)) {
                    Files.move(file, directory.resolve(prefix + name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest checkpoint that was given out. */
    Optional<SignedCheckpoint> publishedCheckpoint() {
        return read(CHECKPOINT, MAX_CHECKPOINT_BYTES, SignedCheckpoint::parse);
    }

    void publish(SignedCheckpoint checkpoint) {
        DurableFiles.write(directory.resolve(CHECKPOINT), checkpoint.toBytes());
    }
}
