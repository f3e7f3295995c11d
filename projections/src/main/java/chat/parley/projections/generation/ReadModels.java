package chat.parley.projections.generation;

import chat.parley.projections.ReadSideProperties;
import chat.parley.projections.generation.GenerationPointer.Pointer;
import chat.parley.projections.query.ReadModelSignals;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.lifecycle.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps this node's generations as the pointer says: one is served, another may be being filled, those of before are
 * removed after a while.
 */
public final class ReadModels implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ReadModels.class);

    private static final long STOPPING_SECONDS = 5;

    private final MongoDatabase database;
    private final GenerationPointer pointer;
    private final GenerationFactory factory;
    private final RebuildVerifier judge;
    private final ReadModelSignals signals;
    private final ReadSideProperties properties;
    private final Clock clock;
    private volatile @Nullable Generation served;
    private volatile @Nullable Generation filling;
    private volatile @Nullable ScheduledExecutorService supervisor;
    private volatile @Nullable ScheduledFuture<?> supervision;

    public ReadModels(
            MongoDatabase database,
            GenerationPointer pointer,
            GenerationFactory factory,
            RebuildVerifier judge,
            ReadModelSignals signals,
            ReadSideProperties properties,
            Clock clock) {
        this.database = database;
        this.pointer = pointer;
        this.factory = factory;
        this.judge = judge;
        this.signals = signals;
        this.properties = properties;
        this.clock = clock;
    }

    /** The generation that answers questions. */
    public Generation served() {
        Generation generation = served;
        if (generation == null) {
            throw new IllegalStateException("The read side is not running");
        }
        return generation;
    }

    @Nullable
    Generation filling() {
        return filling;
    }

    @Override
    public void start() {
        follow(pointer.read());
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("read-models").factory());
        long period = properties.supervision().toMillis();
        supervision = executor.scheduleWithFixedDelay(this::supervise, period, period, TimeUnit.MILLISECONDS);
        supervisor = executor;
    }

    private void supervise() {
        try {
            Pointer now = pointer.read();
            follow(now);
            sweep(now);
            Generation next = filling;
            if (next != null && judge.decide(served(), next, now)) {
                follow(pointer.read());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("The read models could not be looked after; this is tried again", e);
        }
    }

    /** Makes what runs here what the pointer says. */
    synchronized void follow(Pointer now) {
        String active = Pointer.name(now.active());
        Generation before = served;
        if (before == null || !before.name().equals(active)) {
            Generation filled = filling;
            if (filled != null && filled.name().equals(active)) {
                served = filled;
                filling = null;
            } else {
                served = started(active);
            }
            log.info("Serving read model {}", active);
            signals.progress().advanced();
            stop(before);
        }
        Integer next = now.next();
        Generation wrong = filling;
        if (wrong != null && (next == null || !wrong.name().equals(Pointer.name(next)))) {
            filling = null;
            stop(wrong);
        }
        if (next != null && filling == null) {
            log.info("Filling read model {}", Pointer.name(next));
            filling = started(Pointer.name(next));
        }
    }

    private Generation started(String name) {
        Generation generation = factory.build(name);
        generation.start();
        return generation;
    }

    /** Removes generations that are neither served nor filled, unless questions to them may still be under way. */
    private void sweep(Pointer now) {
        for (String name : ReadModelStore.generationsIn(database)) {
            boolean used = name.equals(Pointer.name(now.active()))
                    || (now.next() != null && name.equals(Pointer.name(now.next())))
                    || isRetiring(name, now);
            if (!used) {
                log.info("Removing read model {}", name);
                factory.remove(name);
            }
        }
    }

    private boolean isRetiring(String name, Pointer now) {
        return now.previous() != null
                && now.switchedAt() != null
                && name.equals(Pointer.name(now.previous()))
                && clock.instant().isBefore(now.switchedAt().plus(properties.retireAfter()));
    }

    private static void stop(@Nullable Generation generation) {
        if (generation != null) {
            generation.stop();
        }
    }

    @Override
    public void stop() {
        stopSupervision();
        synchronized (this) {
            stop(filling);
            stop(served);
            filling = null;
        }
    }

    private void stopSupervision() {
        ScheduledExecutorService executor = supervisor;
        if (executor == null) {
            return;
        }
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The read models are still being looked after while they stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        supervisor = null;
        supervision = null;
    }

    @Override
    public boolean isRunning() {
        ScheduledFuture<?> running = supervision;
        return running != null && !running.isDone();
    }

    @Override
    public int getPhase() {
        return Phase.INBOUND_EVENT_CONNECTORS;
    }
}
