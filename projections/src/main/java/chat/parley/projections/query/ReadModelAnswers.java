package chat.parley.projections.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.projections.processing.ReadSideProperties;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * Answers queries from the served generation, waiting for it where the query asks for that. Waiting occupies no thread
 * of the query bus.
 */
public final class ReadModelAnswers {
    /** Virtual, because a waiting virtual thread costs next to nothing. */
    private static final Executor WAITING = task -> Thread.startVirtualThread(task);

    private final Supplier<RunningGeneration<ReadModelStore>> served;
    private final EventHead head;
    private final ReadModelSignals signals;
    private final ReadSideProperties properties;

    public ReadModelAnswers(
            Supplier<RunningGeneration<ReadModelStore>> served,
            EventHead head,
            ReadModelSignals signals,
            ReadSideProperties properties) {
        this.served = served;
        this.head = head;
        this.signals = signals;
        this.properties = properties;
    }

    public ReadModelStore store() {
        return served.get().store();
    }

    /**
     * Answers; a refusal is only answered by a read model that includes everything stored when the query arrived,
     * because a missing document may have been created a moment ago.
     */
    public <T> CompletableFuture<T> certain(Function<ReadModelStore, T> answer) {
        try {
            return CompletableFuture.completedFuture(answer.apply(store()));
        } catch (Refused perhapsTooEarly) {
            return including(head.index(), generation -> answer.apply(generation.store()));
        }
    }

    /**
     * Answers from a generation that includes everything up to this global index.
     *
     * @throws Refused {@link Refusal#RETRY_LATER}, in the future
     */
    public <T> CompletableFuture<T> including(long index, Function<RunningGeneration<ReadModelStore>, T> answer) {
        RunningGeneration<ReadModelStore> now = served.get();
        if (now.position() >= index) {
            return CompletableFuture.completedFuture(answer.apply(now));
        }
        return waiting(() -> {
            // Another generation may become the served one while this waits.
            AtomicReference<RunningGeneration<ReadModelStore>> reached = new AtomicReference<>(now);
            BooleanSupplier isReached = () -> {
                RunningGeneration<ReadModelStore> present = served.get();
                reached.set(present);
                return present.position() >= index;
            };
            if (!await(signals.progress()::await, isReached, properties.maxWait())) {
                throw new Refused(Refusal.RETRY_LATER);
            }
            return answer.apply(reached.get());
        });
    }

    /** Like {@link #certain}, after waiting a bounded time for the conversation to reach this position. */
    public <T> CompletableFuture<T> afterPosition(
            ConversationId conversation, long position, Function<ReadModelStore, T> answer) {
        BooleanSupplier isReached = () -> {
            Document document =
                    ReadModelStore.one(store().conversations(), conversation.value(), Projections.include("h"));
            return document != null && DocumentFields.longOf(document, "h") >= position;
        };
        if (isReached.getAsBoolean()) {
            return certain(answer);
        }
        return waiting(() -> await(
                        (reached, atMost) -> signals.awaitHead(conversation, reached, atMost),
                        isReached,
                        properties.entryWait()))
                .thenCompose(_ -> certain(answer));
    }

    private static <T> CompletableFuture<T> waiting(Supplier<T> answer) {
        return CompletableFuture.supplyAsync(answer, WAITING);
    }

    private static boolean await(Wait wait, BooleanSupplier reached, Duration atMost) {
        try {
            return wait.await(reached, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        }
    }

    @FunctionalInterface
    private interface Wait {
        boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException;
    }
}
