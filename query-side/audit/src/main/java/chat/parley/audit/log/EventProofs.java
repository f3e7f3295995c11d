package chat.parley.audit.log;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.InclusionProof;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import chat.parley.transparency.witness.AddCheckpointRequest;
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
        return entry(event).map(proof::withExtra).orElse(proof);
    }

    /** What the leaf is the hash of. */
    private Optional<byte[]> entry(RawEvent event) {
        Optional<byte[]> epoch = event.index() == 0 ? epoch().map(EpochEntry::encode) : Optional.empty();
        return epoch.or(() ->
                tables.salt(event.index()).map(salt -> Entries.of(event, salt).encode()));
    }

    private Optional<EpochEntry> epoch() {
        return tables.epoch(log.origin());
    }

    /** The proof that the log begins with the last head of the log before; empty if it continues none. */
    public Optional<LogProof> predecessor(SignedCheckpoint checkpoint) {
        long size = checkpoint.checkpoint().head().size();
        return epoch().map(entry -> LogProof.of(
                        new MerkleTree(new TileReader(tables, size), size).inclusion(0), checkpoint)
                .withExtra(entry.encode()));
    }

    /**
     * Leads from an earlier size of the log before to its last head; empty if the log continues none.
     *
     * @throws Refused {@link Refusal#INVALID_PARAMETER} if it never had this size, or {@link Refusal#TILE_NOT_FOUND} if
     * the vault was rolled back before it was continued and has not all of its tiles
     */
    Optional<AddCheckpointRequest> consistency(long from) {
        return tables.predecessor(log.origin()).map(last -> {
            TreeHead head = last.checkpoint().head();
            if (from < 1 || from > head.size()) {
                throw new Refused(Refusal.INVALID_PARAMETER, "from is a number of events from 1 to " + head.size());
            }
            try {
                TileStore tiles = new PastTiles(tables, last.checkpoint().origin());
                MerkleTree tree = new MerkleTree(new TileReader(tiles, head.size()), head.size());
                return new AddCheckpointRequest(from, tree.consistency(from).path(), last);
            } catch (TransparencyException missing) {
                throw new Refused(Refusal.TILE_NOT_FOUND);
            }
        });
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
