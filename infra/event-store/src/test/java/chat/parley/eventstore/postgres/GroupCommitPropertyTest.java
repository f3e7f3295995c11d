package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Many threads append, some of them conflicting events, on one node or several: accepted events are stored once, in
 * order and without gaps, and every node sees them so.
 */
class GroupCommitPropertyTest {
    private static final int APPENDS_PER_THREAD = 60;

    /** Appends to its own aggregates, and sometimes at a sequence number that is taken. */
    private record Appender(PostgresEventStore store, String name, long seed, Map<String, Long> accepted)
            implements Callable<Integer> {
        @Override
        public Integer call() {
            Random random = new Random(seed);
            Map<String, Long> next = new HashMap<>();
            int duplicates = 0;
            for (int i = 0; i < APPENDS_PER_THREAD; i++) {
                String aggregate = name + "-" + random.nextInt(3);
                long sequence = next.getOrDefault(aggregate, 0L);
                if (sequence > 0 && random.nextInt(4) == 0) {
                    duplicates += duplicateFails(aggregate, random.nextLong(sequence));
                } else {
                    int together = 1 + random.nextInt(3);
                    store.publish(LongStream.range(sequence, sequence + together)
                            .mapToObj(s -> TestEventStores.event(aggregate, s, aggregate + "/" + s))
                            .toList());
                    next.put(aggregate, sequence + together);
                }
            }
            accepted.putAll(next);
            return duplicates;
        }

        private int duplicateFails(String aggregate, long sequence) {
            try {
                TestEventStores.append(store, aggregate, sequence);
            } catch (ConcurrencyException | AggregateStreamCreationException e) {
                return 1;
            }
            throw new AssertionError("A duplicate of " + aggregate + "/" + sequence + " was accepted");
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void storesExactlyTheAcceptedEvents(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 24) int threads,
            @ForAll @IntRange(min = 1, max = 200) int tailEvents)
            throws Exception {
        try (Database database = TestPostgres.database();
                PostgresEventStore store = TestEventStores.open(database, TestEventStores.properties(tailEvents, 17))) {
            storesExactlyTheAcceptedEvents(List.of(store), seed, threads, tailEvents);
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void severalNodesStoreExactlyTheAcceptedEvents(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 24) int threads,
            @ForAll @IntRange(min = 1, max = 200) int tailEvents)
            throws Exception {
        EventStoreProperties properties = TestEventStores.properties(tailEvents, 17);
        try (Database database = TestPostgres.database();
                PostgresEventStore one = TestEventStores.open(database, DatabaseSharing.SHARED, properties);
                PostgresEventStore two = TestEventStores.open(database, DatabaseSharing.SHARED, properties);
                PostgresEventStore three = TestEventStores.open(database, DatabaseSharing.SHARED, properties)) {
            storesExactlyTheAcceptedEvents(List.of(one, two, three), seed, threads, tailEvents);
        }
    }

    private static void storesExactlyTheAcceptedEvents(
            List<PostgresEventStore> nodes, long seed, int threads, int tailEvents) throws Exception {
        PostgresEventStore store = nodes.getFirst();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Long> accepted = new ConcurrentHashMap<>();
            Random random = new Random(seed);
            List<Appender> appenders = IntStream.range(0, threads)
                    .mapToObj(i -> new Appender(nodes.get(i % nodes.size()), "t" + i, random.nextLong(), accepted))
                    .toList();
            List<Future<List<Long>>> followers = nodes.stream()
                    .map(node -> executor.submit(() -> follow(node, appenders.size())))
                    .toList();
            for (Future<Integer> appender : executor.invokeAll(appenders)) {
                appender.get();
            }
            store.publish(List.of(TestEventStores.event("end", 0, "end")));
            accepted.put("end", 1L);
            long total = accepted.values().stream().mapToLong(Long::longValue).sum();

            for (Future<List<Long>> follower : followers) {
                assertThat(follower.get(1, TimeUnit.MINUTES))
                        .containsExactlyElementsOf(
                                LongStream.range(0, total).boxed().toList());
            }
            List<TrackedEventMessage<?>> all = TestEventStores.readFrom(store, -1);
            assertThat(all)
                    .map(TestEventStores::indexOf)
                    .containsExactlyElementsOf(
                            LongStream.range(0, total).boxed().toList());
            assertThat(sequencesOf(all)).isEqualTo(expectedSequences(accepted));
            for (long after : List.of(-1L, 0L, total / 2, total - tailEvents - 1, total - 2, total - 1)) {
                if (after >= -1) {
                    assertThat(TestEventStores.readFrom(store, after))
                            .map(TestEventStores::indexOf)
                            .containsExactlyElementsOf(
                                    LongStream.range(after + 1, total).boxed().toList());
                }
            }
            accepted.forEach((aggregate, next) ->
                    assertThat(store.lastSequenceNumberFor(aggregate)).contains(next - 1));
        }
    }

    /** Reads during the writes, until the event that marks the end. */
    private static List<Long> follow(PostgresEventStore store, int threads) throws InterruptedException {
        List<Long> indexes = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
            while (stream.hasNextAvailable(30, TimeUnit.SECONDS)) {
                TrackedEventMessage<?> event = stream.nextAvailable();
                indexes.add(TestEventStores.indexOf(event));
                if (TestEventStores.textOf((DomainEventMessage<?>) event).equals("end")) {
                    return indexes;
                }
            }
        }
        throw new AssertionError(
                "The follower of " + threads + " threads saw nothing for 30 s after " + indexes.size());
    }

    private static Map<String, List<Long>> sequencesOf(List<TrackedEventMessage<?>> events) {
        Map<String, List<Long>> sequences = new HashMap<>();
        for (TrackedEventMessage<?> event : events) {
            DomainEventMessage<?> domainEvent = (DomainEventMessage<?>) event;
            sequences
                    .computeIfAbsent(domainEvent.getAggregateIdentifier(), aggregate -> new ArrayList<>())
                    .add(domainEvent.getSequenceNumber());
        }
        return sequences;
    }

    private static Map<String, List<Long>> expectedSequences(Map<String, Long> accepted) {
        Map<String, List<Long>> expected = new HashMap<>();
        accepted.forEach((aggregate, next) ->
                expected.put(aggregate, LongStream.range(0, next).boxed().toList()));
        return expected;
    }
}
