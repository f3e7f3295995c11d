package chat.parley.search.history.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.document.Indexes.Survey;
import chat.parley.search.history.engine.EngineInitializer;
import chat.parley.search.history.engine.EngineRejected;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.SearchEngine.State;
import chat.parley.search.history.generation.GenerationPointer.Pointer;
import chat.parley.search.history.index.DeadLetterRetrier;
import chat.parley.search.history.index.DeadLetters;
import chat.parley.search.history.index.IndexProperties;
import java.time.Clock;
import java.time.Instant;
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
 * Keeps this node's generations as the pointer says: one is searched, another may be being filled, those of before are
 * removed after a while. While Elasticsearch does not answer, nothing is indexed; when it does again, indexing goes on
 * from the tokens that are there.
 */
public final class Generations implements EngineInitializer, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    private static final long STOPPING_SECONDS = 5;

    private final Indexes indexes;
    private final IndexTokens tokens;
    private final DeadLetters letters;
    private final DeadLetterRetrier retrier;
    private final GenerationPointer pointer;
    private final GenerationFactory factory;
    private final RebuildJudge judge;
    private final SearchEngine engine;
    private final IndexProperties properties;
    private final Clock clock;
    private volatile @Nullable GenerationProcess served;
    private volatile @Nullable GenerationProcess filling;
    private volatile @Nullable ScheduledExecutorService supervisor;
    private volatile @Nullable ScheduledFuture<?> supervision;
    private volatile long deadLetters;
    private volatile boolean stopping;
    private boolean madeAgain;

    public Generations(
            Indexes indexes,
            IndexTokens tokens,
            DeadLetters letters,
            DeadLetterRetrier retrier,
            GenerationPointer pointer,
            GenerationFactory factory,
            RebuildJudge judge,
            SearchEngine engine,
            IndexProperties properties,
            Clock clock) {
        this.indexes = indexes;
        this.tokens = tokens;
        this.letters = letters;
        this.retrier = retrier;
        this.pointer = pointer;
        this.factory = factory;
        this.judge = judge;
        this.engine = engine;
        this.properties = properties;
        this.clock = clock;
    }

    /** What fills the generation that is searched; null while nothing is indexed here. */
    @Nullable
    public GenerationProcess served() {
        return served;
    }

    @Nullable
    public GenerationProcess filling() {
        return filling;
    }

    /**
     * What is searched, once all that has happened so far is in it.
     *
     * @throws Refused if that takes long
     */
    public Generation caughtUp() {
        GenerationProcess process = served;
        if (process == null || !judge.hasCaughtUp(process)) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
        return process.generation();
    }

    /** As of the last look. */
    public long deadLetters() {
        return deadLetters;
    }

    @Override
    public void start() {
        if (engine.state() == State.OFF) {
            return;
        }
        stopping = false;
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("search-generations").factory());
        supervision = executor.scheduleWithFixedDelay(
                this::supervise, 0, properties.supervision().toMillis(), TimeUnit.MILLISECONDS);
        supervisor = executor;
    }

    private void supervise() {
        if (engine.state() != State.UP) {
            stopProcesses();
            return;
        }
        try {
            follow();
            sweep();
            retryDeadLetters();
            GenerationProcess present = served;
            GenerationProcess next = filling;
            if (present != null && next != null && judge.decide(present, next)) {
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Refused e) {
            log.warn("Elasticsearch does not answer; indexing waits for it");
            stopProcesses();
        } catch (RuntimeException e) {
            if (stopping) {
                log.debug("The search indexes were looked after until this node stopped", e);
                return;
            }
            log.warn("The search indexes could not be looked after; this is tried again", e);
        }
    }

    /** There are indexes to be searched, though there may be nothing in them yet. */
    @Override
    public synchronized void prepare(SearchEngine answering) {
        indexes.createShared();
        Generation active = indexes.generation(pointer.read().active());
        createUnlessComplete(active);
        name(active);
    }

    /** Makes what runs here, and what is searched, what the pointer says. */
    synchronized void follow() {
        Pointer now = pointer.read();
        serve(indexes.generation(now.active()));
        fill(now.next() == null ? null : indexes.generation(now.next()));
    }

    private void serve(Generation active) {
        GenerationProcess before = served;
        GenerationProcess filled = filling;
        if (before != null && before.generation().equals(active)) {
            name(active);
            return;
        }
        if (filled != null && filled.generation().equals(active)) {
            name(active);
            served = filled;
            filling = null;
        } else {
            createUnlessComplete(active);
            indexes.wake(active);
            name(active);
            served = factory.started(active);
        }
        log.info("Search index {} is served", active);
        stop(before);
    }

    /** What is left of a generation that lost an index says nothing any more. */
    private void createUnlessComplete(Generation generation) {
        if (!indexes.survey().isComplete(generation)) {
            remove(generation);
            indexes.create(generation);
        }
    }

    private void name(Generation active) {
        Survey now = indexes.survey();
        if (!now.isSearched(active)) {
            indexes.serve(active, now);
        }
        if (!now.isOfThisFormat(active) && !madeAgain) {
            madeAgain = true;
            log.info("Search index {} is of another format: it is made again", active);
            pointer.begin();
        }
    }

    private void fill(@Nullable Generation next) {
        GenerationProcess present = filling;
        if (present != null && !present.generation().equals(next)) {
            filling = null;
            stop(present);
        }
        if (next == null || filling != null) {
            return;
        }
        try {
            createUnlessComplete(next);
        } catch (EngineRejected e) {
            log.error("Search index {} cannot be made: {}", next, e.getMessage());
            pointer.giveUp(next.number(), RebuildFailure.INDEX_REFUSED, null, null);
            return;
        }
        indexes.rest(next);
        log.info("Search index {} is being filled", next);
        filling = factory.started(next);
    }

    /** Removes generations that are neither searched nor filled, unless pages of them may still be turned. */
    private void sweep() {
        Pointer now = pointer.read();
        for (int number : indexes.survey().generations()) {
            boolean used = number == now.active() || now.isFilling(number) || isRetiring(number, now);
            if (!used) {
                log.info("Search index g{} is removed", number);
                remove(indexes.generation(number));
            }
        }
    }

    private void remove(Generation generation) {
        tokens.forget(generation.processor());
        letters.forget(generation);
        indexes.drop(generation);
    }

    private boolean isRetiring(int number, Pointer now) {
        return now.previous() != null
                && now.switchedAt() != null
                && number == now.previous()
                && clock.instant()
                        .isBefore(Instant.ofEpochMilli(now.switchedAt()).plus(properties.retireAfter()));
    }

    private void retryDeadLetters() {
        GenerationProcess present = served;
        GenerationProcess next = filling;
        if (present != null) {
            retrier.retry(present.generation());
            deadLetters = letters.count(present.generation());
        }
        if (next != null) {
            retrier.retry(next.generation());
        }
    }

    private synchronized void stopProcesses() {
        stop(filling);
        filling = null;
        stop(served);
        served = null;
    }

    private static void stop(@Nullable GenerationProcess process) {
        if (process != null) {
            process.stop();
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService executor = supervisor;
        if (executor == null) {
            return;
        }
        stopping = true;
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The search indexes are still being looked after while they stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        supervisor = null;
        supervision = null;
        stopProcesses();
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
