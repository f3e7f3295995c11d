package chat.parley.audit.log;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.entry.Salt;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.InclusionProof;
import chat.parley.transparency.tree.MerkleTree;
import java.time.Duration;
import java.util.Optional;

/** Proves that events are in the log. */
public final class EventProofs {
    private final RawEvents events;
    private final LogTables tables;
    private final TransparencyLog log;
    private final Cosigning cosigning;
    private final Duration timeout;

    EventProofs(RawEvents events, LogTables tables, TransparencyLog log, Cosigning cosigning, Duration timeout) {
        this.events = events;
        this.tables = tables;
        this.log = log;
        this.cosigning = cosigning;
        this.timeout = timeout;
    }

    /**
     * The proof of an event under a checkpoint that covers it. The entry that the leaf is the hash of is the proof's extra
     * data; it is left out where its salt was shredded.
     *
     * @throws Refused {@link Refusal#EVENT_NOT_FOUND}, or {@link Refusal#NOT_LOGGED_YET} if there is no such checkpoint in
     * time
     */
    LogProof of(long index) {
        RawEvent event = events.at(index).orElseThrow(() -> new Refused(Refusal.EVENT_NOT_FOUND));
        SignedCheckpoint checkpoint = covering(index);
        long size = checkpoint.checkpoint().head().size();
        InclusionProof inclusion = new MerkleTree(new TileReader(tables, size), size).inclusion(index);
        LogProof proof = LogProof.of(inclusion, checkpoint);
        Optional<Salt> salt = tables.salt(index);
        return salt.isPresent() ? proof.withExtra(Entries.of(event, salt.get()).encode()) : proof;
    }

    /** The hashes of the log. */
    public TileStore tiles() {
        return tables;
    }

    /** The key of the log. */
    public SigningKey signingKey() {
        return log.signingKey().orElseThrow(() -> new Refused(Refusal.NOT_LOGGED_YET));
    }

    /** A reader of the log's entries of many events in ascending order, for one thread. */
    public Records records() {
        return new Records();
    }

    /** Reads the entries of events that the log has, with one query for each 256 of them. */
    public final class Records {
        private long block = -1;
        private byte[] salts = new byte[0];

        private Records() {}

        /** The entry of an event; empty if its salt was shredded. */
        public Optional<EventEntry> of(RawEvent event) {
            long wanted = event.index() / LogTables.BLOCK;
            if (wanted != block) {
                salts = tables.salts(wanted);
                block = wanted;
            }
            return LogTables.saltIn(salts, event.index()).map(salt -> Entries.of(event, salt));
        }
    }

    /**
     * A checkpoint that covers an event: the newest that enough witnesses cosigned, if one covers the event in time, else
     * the log's newest.
     *
     * @throws Refused {@link Refusal#NOT_LOGGED_YET} if there is none in time
     */
    public SignedCheckpoint covering(long index) {
        try {
            long start = System.nanoTime();
            SignedCheckpoint newest =
                    log.covering(index, timeout).orElseThrow(() -> new Refused(Refusal.NOT_LOGGED_YET));
            Duration left = timeout.minusNanos(System.nanoTime() - start);
            return cosigning.covering(index, left).orElse(newest);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.NOT_LOGGED_YET);
        }
    }
}
