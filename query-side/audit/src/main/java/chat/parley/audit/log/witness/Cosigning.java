package chat.parley.audit.log.witness;

import chat.parley.api.process.OwnedThread;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.tile.TileStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Has the newest checkpoint cosigned, in rounds.
 *
 * <ol>
 *   <li>Takes the newest checkpoint and sends it to each witness that has no request under way, all at once: witnesses
 *       that were sent different checkpoints would never agree on one.
 *   <li>Waits for enough cosignatures, or until no answer is outstanding. Each request ends within seconds.
 *   <li>Stores the checkpoint if it is cosigned by enough, and begins again with the next checkpoint, or after a second
 *       with the same one for witnesses that have not cosigned it.
 * </ol>
 *
 * <p>The log's own thread only leaves its newest checkpoint here.
 */
public final class Cosigning implements SmartLifecycle, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cosigning.class);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(WitnessClient.CONNECT_LIMIT).build();
    private final CheckpointStore checkpoints;
    private final List<RemoteWitness> witnesses;
    private final int quorum;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private final Condition cosigned = lock.newCondition();
    /** Written under the lock. */
    private volatile @Nullable SignedCheckpoint newest;
    /** Written under the lock. */
    private volatile @Nullable SignedCheckpoint newestCosigned;

    private final OwnedThread thread = new OwnedThread("transparency-witnesses", this::run, STOP_LIMIT);

    public Cosigning(WitnessSettings settings, TileStore tiles, CheckpointStore checkpoints) {
        this.checkpoints = checkpoints;
        this.quorum = settings.quorum();
        List<RemoteWitness> remote = new ArrayList<>();
        settings.witnesses()
                .forEach((key, url) ->
                        remote.add(new RemoteWitness(key, new WitnessClient(http, url), tiles, checkpoints)));
        this.witnesses = List.copyOf(remote);
    }

    public List<RemoteWitness> witnesses() {
        return witnesses;
    }

    /** Events of the newest checkpoint that a witness has not cosigned, as far as this node knows. */
    public long lag(RemoteWitness witness) {
        return Math.max(0, size(newest) - witness.cosignedSize());
    }

    private static long size(@Nullable SignedCheckpoint checkpoint) {
        return checkpoint == null ? 0 : checkpoint.checkpoint().head().size();
    }

    /** Takes the log's newest checkpoint; returns at once. */
    public void offer(SignedCheckpoint checkpoint) {
        lock.lock();
        try {
            newest = checkpoint;
            offered.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The newest checkpoint that enough witnesses have cosigned. */
    public Optional<SignedCheckpoint> newest() {
        return Optional.ofNullable(newestCosigned);
    }

    /** Waits for a cosigned checkpoint that covers this event; empty if there is none in time, or no witness. */
    public Optional<SignedCheckpoint> covering(long index, Duration atMost) throws InterruptedException {
        if (witnesses.isEmpty()) {
            return Optional.empty();
        }
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (size(newestCosigned) <= index) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = cosigned.awaitNanos(left);
            }
            return newest();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        if (!witnesses.isEmpty()) {
            thread.start();
        }
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    @Override
    public void close() {
        stop();
        http.shutdownNow();
    }

    private void run() {
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                follow(requests);
            } catch (InterruptedException stopped) {
                requests.shutdownNow();
            }
        }
    }

    private void follow(ExecutorService requests) throws InterruptedException {
        Gathering gathering = null;
        while (thread.isCurrent()) {
            SignedCheckpoint checkpoint = next(gathering);
            if (checkpoint == null) {
                continue;
            }
            boolean first = gathering == null;
            if (gathering == null || !gathering.checkpoint().equals(checkpoint)) {
                gathering = new Gathering(checkpoint, quorum);
            }
            try {
                if (first) {
                    restore(checkpoint);
                }
                ask(gathering, requests);
                gathering.await().ifPresent(this::store);
            } catch (RuntimeException failed) {
                log.warn("A cosigned checkpoint could not be read or stored; the next one is tried", failed);
            }
        }
    }

    private void restore(SignedCheckpoint checkpoint) {
        checkpoints
                .cosigned()
                .filter(stored -> stored.checkpoint()
                        .origin()
                        .equals(checkpoint.checkpoint().origin()))
                .filter(stored -> size(stored) <= size(checkpoint))
                .filter(this::isCosignedByEnough)
                .ifPresent(this::publish);
    }

    private boolean isCosignedByEnough(SignedCheckpoint stored) {
        return witnesses.stream()
                        .filter(witness -> stored.by(witness.key()).isPresent())
                        .count()
                >= quorum;
    }

    private void ask(Gathering gathering, ExecutorService requests) {
        for (RemoteWitness witness : witnesses) {
            if (gathering.lacks(witness) && witness.reserve()) {
                gathering.begin();
                requests.execute(() -> ask(witness, gathering));
            }
        }
    }

    private static void ask(RemoteWitness witness, Gathering gathering) {
        try {
            Optional<NoteSignature> cosignature = witness.cosign(gathering.checkpoint());
            cosignature.ifPresent(given -> gathering.add(witness, given));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            gathering.end();
        }
    }

    private void store(SignedCheckpoint checkpoint) {
        SignedCheckpoint stored = newestCosigned;
        if (stored == null || !stored.equals(checkpoint)) {
            checkpoints.storeCosigned(checkpoint);
            publish(checkpoint);
        }
    }

    private void publish(SignedCheckpoint checkpoint) {
        lock.lock();
        try {
            newestCosigned = checkpoint;
            cosigned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The newest checkpoint: at once if it is another one than was gathered for, else after a while. */
    private @Nullable SignedCheckpoint next(@Nullable Gathering gathering) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = RETRY.toNanos();
            while (left > 0
                    && (newest == null
                            || (gathering != null && gathering.checkpoint().equals(newest)))) {
                left = offered.awaitNanos(left);
            }
            return newest;
        } finally {
            lock.unlock();
        }
    }
}
