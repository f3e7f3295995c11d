package chat.parley.eventstore;

import chat.parley.benchmarks.Samples;
import chat.parley.eventstore.postgres.PendingEvent;
import chat.parley.eventstore.postgres.StoredEvent;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Serialises and deserialises one {@code MessageSent} with its metadata. */
@State(Scope.Benchmark)
public class EventSerializationBenchmark {
    private final Vault vault = new Vault();
    private final DomainEventMessage<?> message =
            StoredMessages.of(Samples.message(Samples.conversation(0), 1, vault.protection(), vault.hashes()), 1);
    private final StoredEvent row = StoredMessages.row(message, 1);
    private final EventUpcasterChain upcasters = new EventUpcasterChain();

    @Benchmark
    public Object serialize() {
        return PendingEvent.of(message, StoredMessages.SERIALIZER);
    }

    @Benchmark
    public Object deserialize() {
        return EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(row), StoredMessages.SERIALIZER, upcasters)
                .findFirst()
                .orElseThrow()
                .getPayload();
    }
}
