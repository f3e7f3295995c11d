package chat.parley.audit.log;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.process.RepeatingThread;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows the event store and keeps the log complete.
 *
 * <ol>
 *   <li>{@code OPENING}: begins a new epoch if it is asked to, reads the newest checkpoint, compares it with the copy
 *       apart from the database and with the event store, and opens the tiles.
 *   <li>{@code FOLLOWING}: appends all stored events, flushes, and waits for the checkpoint interval or for a request.
 *       After a failure of the database or the event store it pauses for the interval and opens again.
 *   <li>{@code STOPPED}: the event store or the database contradicts what was signed. Nothing is signed any more until an
 *       operator has put it right and restarts the node; chat goes on.
 * </ol>
 */
public final class TransparencyLog implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TransparencyLog.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    /** What the log does at present. */
    public enum State {
        OPENING,
        FOLLOWING,
        STOPPED
    }

    private final RawEvents events;
    private final LogTables tables;
    private final TransactionOperations transactions;
    private final LogIdentity identity;
    private final Succession succession;
    private final Clock clock;
    /** Is told of each published checkpoint, on the log's thread. */
    private final Consumer<SignedCheckpoint> listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();

    private volatile @Nullable SignedCheckpoint newest;
    private volatile @Nullable SigningKey signingKey;
    private volatile State state = State.OPENING;
    private final RepeatingThread thread;

    /** @param predecessor the name of the log that this one continues; null for none */
    TransparencyLog(
            RawEvents events,
            LogTables tables,
            TransactionOperations transactions,
            LogIdentity identity,
            @Nullable String predecessor,
            Clock clock,
            Duration interval,
            Consumer<SignedCheckpoint> listener) {
        this.events = events;
        this.tables = tables;
        this.transactions = transactions;
        this.identity = identity;
        this.succession = new Succession(tables, transactions, identity, predecessor);
        this.clock = clock;
        this.listener = listener;
        this.thread =
                new RepeatingThread("transparency-log", Duration.ZERO, interval, STOP_LIMIT, this::run, this::failed);
    }

    public State state() {
        return state;
    }

    /** The newest checkpoint that is stored and published; empty before the first one. */
    public Optional<SignedCheckpoint> newest() {
        return Optional.ofNullable(newest);
    }

    /** The public key of the log; empty before it is open. */
    public Optional<VerifierKey> verifier() {
        return signingKey().map(SigningKey::verifier);
    }

    Optional<SigningKey> signingKey() {
        return Optional.ofNullable(signingKey);
    }

    /** The name of the log. */
    String origin() {
        return identity.origin();
    }

    /** Number of stored events that no checkpoint covers yet. */
    public long lag() {
        return Math.max(0, events.head() + 1 - size());
    }

    private long size() {
        SignedCheckpoint checkpoint = newest;
        return checkpoint == null ? 0 : checkpoint.checkpoint().head().size();
    }

    /** Waits for a checkpoint that covers this event; empty if there is none in time. */
    Optional<SignedCheckpoint> covering(long index, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (size() <= index) {
                if (left <= 0 || state == State.STOPPED) {
                    return Optional.empty();
                }
                thread.wake();
                left = published.awaitNanos(left);
            }
            return newest();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    private void run() throws InterruptedException {
        try {
            follow();
        } catch (LogStoppedException contradiction) {
            log.error("The transparency log is stopped: {}", contradiction.getMessage());
            enter(State.STOPPED);
            while (thread.isCurrent()) {
                thread.pause();
            }
        }
    }

    private void failed(RuntimeException failure) {
        log.warn("The transparency log failed after event {} and is opened again", size() - 1, failure);
    }

    private void follow() throws InterruptedException {
        enter(State.OPENING);
        LogWriter writer = open();
        enter(State.FOLLOWING);
        try (RawEvents.Reader reader = events.after(writer.size() - 1)) {
            while (thread.isCurrent()) {
                if (appendStored(writer, reader)) {
                    thread.pause();
                }
            }
        }
    }

    private LogWriter open() {
        succession.beginIfAsked();
        Optional<SignedCheckpoint> stored = tables.checkpoint();
        Optional<SignedCheckpoint> given = identity.publishedCheckpoint();
        SigningKey key = identity.key(stored.isPresent() || given.isPresent());
        if (stored.isPresent() && stored.get().by(key.verifier()).isEmpty()) {
            throw new LogStoppedException("The newest checkpoint was signed by another key than "
                    + key.verifier().name() + " has now. Bring back the signing key that belongs to this log.");
        }
        requireNotRolledBack(head(stored), head(given));
        LogWriter writer = LogWriter.open(tables, transactions, key, clock);
        signingKey = key;
        stored.ifPresent(this::publish);
        return writer;
    }

    private static TreeHead head(Optional<SignedCheckpoint> checkpoint) {
        return checkpoint.map(signed -> signed.checkpoint().head()).orElse(TreeHead.EMPTY);
    }

    private void requireNotRolledBack(TreeHead stored, TreeHead given) {
        if (given.size() > stored.size()) {
            throw new LogStoppedException(
                    "The database has the log of " + stored.size() + " events, but a checkpoint of " + given.size()
                            + " events was given out. The vault's database was rolled back; restore a newer backup of"
                            + " it.");
        }
        if (!at(given.size(), stored).equals(given)) {
            throw new LogStoppedException("The database's log of " + stored.size()
                    + " events does not begin with the " + given.size() + " events of a checkpoint that was given"
                    + " out. The vault's database was rolled back and the log continued on another node; restore a"
                    + " backup from before.");
        }
        long head = events.head();
        if (head + 1 < stored.size()) {
            throw new LogStoppedException("The event store ends with event " + head + ", but the log has signed "
                    + stored.size()
                    + " events. The event store was truncated or rolled back; restore a newer backup of it.");
        }
    }

    /** The head that the stored log had at an earlier size. */
    private TreeHead at(long size, TreeHead stored) {
        return new MerkleTree(new TileReader(tables, stored.size()), size).head();
    }

    /** @return whether all stored events are in the log */
    private boolean appendStored(LogWriter writer, RawEvents.Reader reader) {
        long before = writer.size();
        List<RawEvent> batch;
        do {
            batch = reader.next();
            batch.forEach(writer::append);
        } while (!batch.isEmpty() && !writer.isFull());
        if (writer.size() > before) {
            publish(writer.flush());
        }
        return batch.isEmpty();
    }

    private void publish(SignedCheckpoint checkpoint) {
        identity.publish(checkpoint);
        lock.lock();
        try {
            newest = checkpoint;
            published.signalAll();
        } finally {
            lock.unlock();
        }
        listener.accept(checkpoint);
    }

    private void enter(State entered) {
        lock.lock();
        try {
            state = entered;
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Starts when the event store is open, and stops before it is closed. */
    @Override
    public int getPhase() {
        return 0;
    }
}
