package chat.parley.audit.log;

import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.entry.Salt;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.tile.TileWriter;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Appends events and signs the result. After any exception the writer is of no more use: what was not flushed is
 * appended again by a new one. Not thread-safe.
 */
final class LogWriter {
    /** So many events per transaction, so that no tile is stored outside one. */
    static final int MAX_UNFLUSHED = 16_384;

    private final LogTables tables;
    private final TransactionOperations transactions;
    private final SigningKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final TileWriter tiles;
    private final ByteArrayOutputStream unflushedSalts = new ByteArrayOutputStream();
    private final @Nullable Checkpoint predecessor;
    private @Nullable SignedCheckpoint newest;
    private @Nullable Hash firstRecord;

    private LogWriter(
            LogTables tables,
            TransactionOperations transactions,
            SigningKey key,
            Clock clock,
            @Nullable SignedCheckpoint newest) {
        this.tables = tables;
        this.transactions = transactions;
        this.key = key;
        this.clock = clock;
        this.newest = newest;
        this.tiles = TileWriter.open(tables, head(newest));
        this.predecessor = tables.predecessor(key.verifier().name())
                .map(SignedCheckpoint::checkpoint)
                .orElse(null);
    }

    static LogWriter open(LogTables tables, TransactionOperations transactions, SigningKey key, Clock clock) {
        return new LogWriter(
                tables, transactions, key, clock, tables.checkpoint().orElse(null));
    }

    private static TreeHead head(@Nullable SignedCheckpoint checkpoint) {
        return checkpoint == null ? TreeHead.EMPTY : checkpoint.checkpoint().head();
    }

    long size() {
        return tiles.size();
    }

    boolean isFull() {
        return tiles.size() - head(newest).size() >= MAX_UNFLUSHED;
    }

    Optional<SignedCheckpoint> newest() {
        return Optional.ofNullable(newest);
    }

    void append(RawEvent event) {
        if (event.index() != tiles.size()) {
            throw new IllegalStateException(
                    "The event store gave event " + event.index() + " after event " + (tiles.size() - 1));
        }
        Salt salt = Salt.random(random);
        tiles.append(leaf(event.index(), Entries.of(event, salt).leafHash()));
        unflushedSalts.writeBytes(salt.toBytes());
    }

    /** The first leaf of a log that continues another one commits to that one's head too. */
    private Hash leaf(long index, Hash record) {
        if (index > 0 || predecessor == null) {
            return record;
        }
        firstRecord = record;
        return new EpochEntry(predecessor, record).leafHash();
    }

    /** Stores and signs what was appended; the checkpoint is durable when this returns. */
    SignedCheckpoint flush() {
        SignedCheckpoint flushed = transactions.execute(_ -> {
            long stored = head(tables.lockCheckpoint().orElse(null)).size();
            if (stored != head(newest).size()) {
                throw new IllegalStateException("Another node has continued the log to size " + stored);
            }
            storeSalts(stored);
            if (stored == 0 && firstRecord != null) {
                tables.storeFirstRecord(key.verifier().name(), firstRecord);
            }
            Instant now = clock.instant();
            Checkpoint checkpoint = new Checkpoint(key.verifier().name(), tiles.flush());
            SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, key, now.getEpochSecond());
            tables.storeCheckpoint(signed, now);
            return signed;
        });
        unflushedSalts.reset();
        newest = flushed;
        return flushed;
    }

    private void storeSalts(long firstIndex) {
        byte[] salts = unflushedSalts.toByteArray();
        long index = firstIndex;
        int from = 0;
        while (from < salts.length) {
            int room = LogTables.BLOCK - (int) (index % LogTables.BLOCK);
            int to = Math.min(salts.length, from + room * Salt.BYTES);
            tables.appendSalts(index / LogTables.BLOCK, Arrays.copyOfRange(salts, from, to));
            index += (to - from) / Salt.BYTES;
            from = to;
        }
    }
}
