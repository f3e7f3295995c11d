package chat.parley.transparency.witness;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.storage.DurableFiles;
import chat.parley.transparency.text.StrictText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One file for each log, with the checkpoint that was cosigned last. A file lock keeps a second process from changing
 * the same directory.
 */
public final class DirectoryWitnessState implements WitnessState {
    /** The content for a log of which nothing has been cosigned; an empty file is a damaged one. */
    private static final byte[] ENROLLED = StrictText.utf8("enrolled\n");

    /** A file lock is the whole process's, so that its threads need another. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final Path directory;

    public DirectoryWitnessState(Path directory) {
        this.directory = directory;
    }

    /**
     * Begins to witness a log, whose first checkpoint may then have any size. For a log whose record was lost, this
     * accepts that the witness does not know what it cosigned before.
     *
     * @return false if the log has a record already, which stays
     */
    public boolean enroll(String origin) {
        return DurableFiles.create(file(origin), ENROLLED);
    }

    @Override
    public Optional<SignedCheckpoint> latest(String origin) {
        byte[] content = DurableFiles.read(file(origin), Note.MAX_BYTES)
                .orElseThrow(() -> new TransparencyException(
                        Reason.STATE_MISSING,
                        "The witness has no record of " + origin
                                + "; the log is not enrolled, or the record is lost."));
        if (Arrays.equals(content, ENROLLED)) {
            return Optional.empty();
        }
        SignedCheckpoint latest = SignedCheckpoint.parse(content);
        if (!latest.checkpoint().origin().equals(origin)) {
            throw new TransparencyException(
                    Reason.STATE_MISSING, "The witness's record of " + origin + " is of another log.");
        }
        return Optional.of(latest);
    }

    @Override
    public boolean replace(String origin, Optional<SignedCheckpoint> expected, SignedCheckpoint next) {
        LOCK.lock();
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid() || !latest(origin).equals(expected)) {
                return false;
            }
            DurableFiles.write(file(origin), next.toBytes());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            LOCK.unlock();
        }
    }

    private Path file(String origin) {
        return directory.resolve(Witness.originHash(origin));
    }
}
