package chat.parley.audit.log.witness;

import chat.parley.api.process.RepeatingThread;
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
    private final Condition cosigned = lock.newCondition();
    private volatile @Nullable SignedCheckpoint newest;
    /** Written under the lock. */
    private volatile @Nullable SignedCheckpoint newestCosigned;

    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final RepeatingThread thread = new RepeatingThread(
            "transparency-witnesses", Duration.ZERO, RETRY, STOP_LIMIT, this::gather, Cosigning::failed);
    /** Read and written by the thread only. */
    private @Nullable Gathering gathering;

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
        newest = checkpoint;
        thread.wake();
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
        requests.shutdownNow();
        http.shutdownNow();
    }

    private void gather() throws InterruptedException {
        SignedCheckpoint checkpoint = newest;
        if (checkpoint == null) {
            return;
        }
        Gathering former = gathering;
        Gathering present =
                former != null && former.checkpoint().equals(checkpoint) ? former : new Gathering(checkpoint, quorum);
        gathering = present;
        if (former == null) {
            restore(checkpoint);
        }
        ask(present);
        present.await().ifPresent(this::store);
    }

    private static void failed(RuntimeException failure) {
        log.warn("A cosigned checkpoint could not be read or stored; the next one is tried", failure);
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

    private void ask(Gathering gathering) {
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
}
