package chat.parley.eventprocessing.generation;

import chat.parley.api.process.StartupFailure;
import chat.parley.eventprocessing.generation.GenerationVerifier.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
 * Runs the generations of one read model on this node according to the pointer, and rebuilds the read model on request.
 *
 * <p>A rebuild takes these steps, each a state of the new generation:
 *
 * <ol>
 *   <li>{@link #begin} names the next generation in the pointer. Every node that follows the pointer opens it.
 * <li>FILLING: its processors read the events from the first on, while the current generation is served.
 *   <li>VERIFYING, once it includes what the served generation includes: the reader's {@link GenerationVerifier} compares
 *       the two. If the verdict is no, the pointer gives the new one up, and it is STOPPED.
 * <li>CATCHING_UP: the served generation is paused, and this node waits until the new one includes the highest index
 * that the served one had reached. So a query after the switch never sees less than one before it. On a timeout the
 * served generation continues, and the new one is verified again.
 * <li>SERVED, if the compare-and-set of the pointer succeeds. The previous generation is STOPPED, and removed later.
 * </ol>
 *
 * <p>The change of the pointer that ends the rebuild also stores its outcome. If another node changes the pointer, this
 * node waits for the new generation in the same way before it serves it.
 *
 * <p>If the served generation has another format than this node writes, a rebuild begins by itself, once. A rebuild to this
 * format that has failed is repeated only on request, also after a restart.
 *
 * <p>If the epoch of the event store is another one than at the last start, the generations include events that the store
 * may not have, so an empty one takes their place.
 *
 * <p>A process that does not run the processors opens the same generations, waits in the same way before it serves another
 * one, and may order a rebuild. All else is done by the processes that run them.
 *
 * <p>While the storage is not available, no generation runs on this node. Afterwards they continue from their tokens.
 */
public final class GenerationSupervisor<S> implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(GenerationSupervisor.class);

    private static final long STOPPING_SECONDS = 5;

    private final GenerationPointerStore pointers;
    private final GenerationStorage<S> storage;
    private final GenerationVerifier<S> verifier;
    private final CatchUp catchUp;
    private final GenerationSettings settings;
    private final Clock clock;
    private volatile @Nullable RunningGeneration<S> served;
    private volatile @Nullable RunningGeneration<S> filling;
    /** The last verdict, about the generation that is being filled. */
    private @Nullable Verdict verdict;

    private volatile @Nullable ScheduledExecutorService supervisor;
    private volatile @Nullable ScheduledFuture<?> supervision;
    private volatile boolean stopping;
    /** Whether a rebuild may still begin by itself. */
    private boolean rebuildsOutdated = true;

    /** The kinds of error that end only when a person acts, and are in the log already. */
    private final Set<Class<?>> reported = new HashSet<>();

    /** Whether the pointer was of this node's epoch since the start. */
    private volatile boolean joined;

    public GenerationSupervisor(
            GenerationPointerStore pointers,
            GenerationStorage<S> storage,
            GenerationVerifier<S> verifier,
            CatchUp catchUp,
            GenerationSettings settings,
            Clock clock) {
        this.pointers = pointers;
        this.storage = storage;
        this.verifier = verifier;
        this.catchUp = catchUp;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The generation that answers queries.
     *
     * @throws IllegalStateException while none runs on this node
     */
    public RunningGeneration<S> served() {
        return findServed()
                .orElseThrow(
                        () -> new IllegalStateException("No generation of " + settings.readModel() + " is running"));
    }

    /** The generation that answers queries, if it runs on this node. */
    public Optional<RunningGeneration<S>> findServed() {
        return Optional.ofNullable(served);
    }

    /** The generation that is filled, if it runs on this node. */
    public Optional<RunningGeneration<S>> findFilling() {
        return Optional.ofNullable(filling);
    }

    /** Begins a rebuild. False if one is in progress, on any node. */
    public boolean begin() {
        GenerationPointer now = pointer();
        if (now.next() != null || !pointers.compareAndSet(now, now.beginning(clock.instant()))) {
            return false;
        }
        superviseSoon();
        return true;
    }

    /** Gives up the generation that is filled; false if none is. */
    public boolean cancel() {
        GenerationPointer now = pointer();
        Integer next = now.next();
        if (next == null) {
            return false;
        }
        long position = findFilling()
                .filter(generation -> generation.number() == next)
                .map(RunningGeneration::position)
                .orElse(-1L);
        RebuildOutcome cancelled =
                failed(next, position, now, new Verdict(RebuildFailure.GIVEN_UP, Map.of(), Map.of()));
        if (!pointers.compareAndSet(now, now.givingUp(cancelled))) {
            return false;
        }
        superviseSoon();
        return true;
    }

    /**
     * The pointer, of this node's epoch.
     *
     * @throws FormerEpochException if a node of a later epoch has changed it since this node started
     */
    private GenerationPointer pointer() {
        GenerationPointer now = pointers.read();
        while (!settings.epoch().equals(now.epoch())) {
            if (now.epoch() == null) {
                pointers.compareAndSet(now, now.in(settings.epoch()));
            } else if (joined) {
                throw new FormerEpochException(settings.readModel());
            } else if (pointers.compareAndSet(now, now.beginningAgain(settings.epoch()))) {
                log.warn("The event store has a new epoch: {} is built again from its events", settings.readModel());
            }
            now = pointers.read();
        }
        joined = true;
        return now;
    }

    private void superviseSoon() {
        ScheduledExecutorService executor = supervisor;
        if (executor != null) {
            executor.execute(this::supervise);
        }
    }

    /** The progress of the current rebuild, or the outcome of the last one. */
    public RebuildStatus status() {
        GenerationPointer now = pointer();
        String active = GenerationPointer.name(now.active());
        long head = catchUp.headIndex();
        if (now.next() != null) {
            long position = findFilling().map(RunningGeneration::position).orElse(-1L);
            return new RebuildStatus(
                    RebuildState.FILLING,
                    active,
                    GenerationPointer.name(now.next()),
                    position,
                    head,
                    now.since(),
                    null,
                    null,
                    Map.of(),
                    Map.of());
        }
        RebuildOutcome outcome = now.lastOutcome();
        if (outcome == null) {
            long position = findServed().map(RunningGeneration::position).orElse(-1L);
            return new RebuildStatus(
                    RebuildState.NONE, active, null, position, head, null, null, null, Map.of(), Map.of());
        }
        return new RebuildStatus(
                outcome.state(),
                active,
                GenerationPointer.name(outcome.generation()),
                outcome.position(),
                head,
                outcome.since(),
                outcome.ended(),
                outcome.failure(),
                outcome.served(),
                outcome.filled());
    }

    @Override
    public void start() {
        stopping = false;
        if (settings.required()) {
            GenerationPointer now = pointer();
            openServed(now.active());
            fill(now);
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(settings.readModel()).factory());
        long period = settings.supervision().toMillis();
        supervision = executor.scheduleWithFixedDelay(
                this::supervise, settings.required() ? period : 0, period, TimeUnit.MILLISECONDS);
        supervisor = executor;
    }

    private void supervise() {
        try {
            if (storage.isAvailable()) {
                GenerationPointer now = pointer();
                follow(now);
                if (settings.processing()) {
                    lookAfter(now);
                }
            } else {
                suspend();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (FormerEpochException e) {
            suspend();
            reportOnce(e, e.getMessage() + ". Restart this node");
        } catch (StartupFailure e) {
            suspend();
            reportOnce(e, e.description() + " " + e.advice());
        } catch (ReadModelAheadException e) {
            reportOnce(e, e.getMessage() + ". It answers nothing until it is deleted and built again");
        } catch (RuntimeException e) {
            if (stopping) {
                log.debug("The generations of {} were supervised until this node stopped", settings.readModel(), e);
            } else {
                log.warn("The generations of {} could not be supervised; this is retried", settings.readModel(), e);
            }
        }
    }

    private void lookAfter(GenerationPointer now) throws InterruptedException {
        sweep(now);
        storage.maintain(served(), filling);
        rebuildOutdated(now);
        RunningGeneration<S> next = filling;
        if (next != null) {
            advance(next, now);
        }
    }

    private void reportOnce(RuntimeException error, String text) {
        if (reported.add(error.getClass())) {
            log.error(text);
        }
    }

    private void suspend() {
        if (served != null || filling != null) {
            log.warn("The generations of {} wait until their storage is available", settings.readModel());
        }
        stop(filling);
        filling = null;
        stop(served);
        served = null;
    }

    /** Opens, starts and stops generations until this node runs those that the pointer names. */
    private void follow(GenerationPointer now) throws InterruptedException {
        RunningGeneration<S> before = served;
        if (before == null || before.number() != now.active()) {
            RunningGeneration<S> filled = filling;
            if (filled == null || filled.number() != now.active()) {
                openServed(now.active());
            } else {
                if (before != null) {
                    awaitBeforeServing(before, filled);
                }
                serveFilled(filled);
            }
        }
        fill(now);
    }

    /** Another node has switched. The answers of this node must not become older either. */
    private void awaitBeforeServing(RunningGeneration<S> before, RunningGeneration<S> filled)
            throws InterruptedException {
        before.pause();
        if (!catchUp.to(filled, before.reached())) {
            log.warn("Generation {} of {} is served before it has caught up", filled.name(), settings.readModel());
        }
    }

    /**
     * A generation that includes more than the event store has would wait for new events and skip those that take the
     * place of the lost ones.
     */
    private void requireNotAhead(RunningGeneration<S> generation) {
        // Before the head, because another node may be filling the generation.
        long reached = generation.reached();
        long head = catchUp.headIndex();
        if (reached > head) {
            throw new ReadModelAheadException(generation.name(), settings.readModel(), reached, head);
        }
    }

    private void openServed(int number) {
        RunningGeneration<S> generation = storage.open(number);
        requireNotAhead(generation);
        storage.serve(generation);
        run(generation);
        serve(generation);
    }

    private void run(RunningGeneration<S> generation) {
        if (settings.processing()) {
            generation.start();
        } else {
            generation.observe();
        }
    }

    private void serveFilled(RunningGeneration<S> filled) {
        storage.serve(filled);
        filling = null;
        serve(filled);
    }

    private void serve(RunningGeneration<S> generation) {
        RunningGeneration<S> before = served;
        generation.enter(GenerationState.SERVED);
        served = generation;
        log.info("Generation {} of {} is served", generation.name(), settings.readModel());
        catchUp.served();
        stop(before);
    }

    private void fill(GenerationPointer now) {
        Integer next = now.next();
        RunningGeneration<S> present = filling;
        if (present != null && (next == null || present.number() != next)) {
            filling = null;
            stop(present);
        }
        if (next == null || filling != null) {
            return;
        }
        try {
            RunningGeneration<S> generation = storage.open(next);
            run(generation);
            filling = generation;
            log.info("Generation {} of {} is being filled", GenerationPointer.name(next), settings.readModel());
        } catch (GenerationRejected e) {
            log.error("Generation {} of {} was refused", GenerationPointer.name(next), settings.readModel(), e);
            Verdict refused = new Verdict(RebuildFailure.INDEX_REFUSED, Map.of(), Map.of());
            pointers.compareAndSet(now, now.givingUp(failed(next, -1, now, refused)));
        }
    }

    private void rebuildOutdated(GenerationPointer now) {
        RebuildOutcome last = now.lastOutcome();
        boolean hasFailed = last != null && last.state() == RebuildState.FAILED && last.format() == settings.format();
        if (rebuildsOutdated && !hasFailed && now.next() == null && storage.isOutdated(served()) && begin()) {
            rebuildsOutdated = false;
            log.info("The served generation of {} has another format: it is rebuilt", settings.readModel());
        }
    }

    /** Advances the new generation by as many steps as possible. */
    private void advance(RunningGeneration<S> next, GenerationPointer now) throws InterruptedException {
        boolean goesOn = now.fills(next.number());
        while (goesOn) {
            goesOn = switch (next.state()) {
                case FILLING -> isFilled(next);
                case VERIFYING -> verify(next, now);
                case CATCHING_UP -> switchTo(next, now);
                case SERVED, STOPPED -> false;
            };
        }
    }

    private boolean isFilled(RunningGeneration<S> next) {
        if (next.position() < served().position()) {
            return false;
        }
        next.enter(GenerationState.VERIFYING);
        return true;
    }

    private boolean verify(RunningGeneration<S> next, GenerationPointer now) throws InterruptedException {
        Verdict reached = verifier.verify(served(), next, catchUp).orElse(null);
        if (reached == null) {
            next.enter(GenerationState.FILLING);
            return false;
        }
        verdict = reached;
        if (reached.failure() == null) {
            next.enter(GenerationState.CATCHING_UP);
            return true;
        }
        log.error(
                "Generation {} of {} holds {}, but the served one holds {}: it is given up for {}",
                next.name(),
                settings.readModel(),
                reached.filled(),
                reached.served(),
                reached.failure());
        RebuildOutcome outcome = failed(next.number(), next.position(), now, reached);
        if (pointers.compareAndSet(now, now.givingUp(outcome))) {
            filling = null;
            stop(next);
        }
        return false;
    }

    private boolean switchTo(RunningGeneration<S> next, GenerationPointer now) throws InterruptedException {
        Verdict accepted = Objects.requireNonNull(verdict, "verified before");
        RunningGeneration<S> before = served();
        boolean switched = false;
        before.pause();
        try {
            if (catchUp.to(next, before.reached())) {
                switched = pointers.compareAndSet(
                        now, now.serving(outcome(next.number(), next.position(), now, RebuildState.DONE, accepted)));
            }
        } finally {
            if (!switched) {
                next.enter(GenerationState.FILLING);
                before.start();
            }
        }
        if (switched) {
            log.info("Generation {} of {} holds {}", next.name(), settings.readModel(), accepted.filled());
            serveFilled(next);
        }
        return false;
    }

    private RebuildOutcome failed(int generation, long position, GenerationPointer now, Verdict verdict) {
        return outcome(generation, position, now, RebuildState.FAILED, verdict);
    }

    private RebuildOutcome outcome(
            int generation, long position, GenerationPointer now, RebuildState state, Verdict verdict) {
        return new RebuildOutcome(
                generation,
                state,
                verdict.failure(),
                settings.format(),
                position,
                now.since(),
                clock.instant(),
                verdict.served(),
                verdict.filled());
    }

    /** Removes generations that are neither served nor filled, unless queries may still use them. */
    private void sweep(GenerationPointer now) {
        for (int number : storage.present()) {
            if (!now.uses(number) && !isRetiring(number, now)) {
                log.info("Generation {} of {} is removed", GenerationPointer.name(number), settings.readModel());
                storage.remove(number);
            }
        }
    }

    private boolean isRetiring(int number, GenerationPointer now) {
        Integer previous = now.previous();
        Instant switchedAt = now.switchedAt();
        return previous != null
                && switchedAt != null
                && number == previous
                && clock.instant().isBefore(switchedAt.plus(settings.retireAfter()));
    }

    private void stop(@Nullable RunningGeneration<S> generation) {
        if (generation != null) {
            generation.stop();
        }
    }

    @Override
    public void stop() {
        stopping = true;
        ScheduledExecutorService executor = supervisor;
        if (executor != null) {
            executor.shutdownNow();
            awaitTermination(executor);
            supervisor = null;
            supervision = null;
        }
        stop(filling);
        stop(served);
        filling = null;
    }

    private void awaitTermination(ScheduledExecutorService executor) {
        try {
            if (!executor.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The generations of {} are still supervised while they stop", settings.readModel());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
