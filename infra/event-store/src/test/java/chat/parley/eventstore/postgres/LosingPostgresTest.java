package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The writers' database sessions end at any moment, as in a restart of PostgreSQL. */
@ParameterizedClass
@EnumSource(DatabaseSharing.class)
class LosingPostgresTest {
    private static final int THREADS = 16;
    private static final int KILLS = 8;

    private final Database database = TestPostgres.database();
    private final List<PostgresEventStore> nodes;

    /** Two nodes, where the database can be shared. */
    LosingPostgresTest(DatabaseSharing sharing) {
        nodes = Stream.generate(() -> TestEventStores.open(database, sharing, TestEventStores.DEFAULTS))
                .limit(sharing == DatabaseSharing.SHARED ? 2 : 1)
                .toList();
    }

    @AfterEach
    void close() {
        nodes.forEach(PostgresEventStore::close);
        database.close();
    }

    @Test
    void everyAppendIsAnsweredTruthfully() throws Exception {
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        Set<String> denied = ConcurrentHashMap.newKeySet();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger appends = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> appenders = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(thread -> executor.submit(() -> {
                        for (long i = 0; !enough.get(); i++) {
                            String aggregate = "t" + thread + "-" + i;
                            try {
                                TestEventStores.append(nodes.get(thread % nodes.size()), aggregate, 0);
                                confirmed.add(aggregate);
                            } catch (RuntimeException e) {
                                denied.add(aggregate);
                            }
                            appends.incrementAndGet();
                        }
                    }))
                    .toList();
            for (int kill = 0; kill < KILLS; kill++) {
                int before = appends.get();
                await().atMost(Duration.ofSeconds(60)).until(() -> appends.get() > before + 50);
                await().atMost(Duration.ofSeconds(60)).until(this::killWriter);
            }
            int before = appends.get();
            await().atMost(Duration.ofSeconds(60)).until(() -> appends.get() > before + 50);
            enough.set(true);
            for (Future<?> appender : appenders) {
                appender.get();
            }
        }

        // PostgreSQL is reachable at once, so the writer learns the outcome of each lost batch and refuses nothing.
        assertThat(denied).isEmpty();
        EventReader reader = new EventReader(database.dataSource(), 100_000, Long.MAX_VALUE);
        List<StoredEvent> stored = reader.after(-1);
        assertThat(stored).map(StoredEvent::aggregateIdentifier).containsExactlyInAnyOrderElementsOf(confirmed);
        assertThat(stored)
                .map(StoredEvent::globalIndex)
                .containsExactlyElementsOf(
                        LongStream.range(0, stored.size()).boxed().toList());
        for (PostgresEventStore node : nodes) {
            assertThat(TestEventStores.readThrough(node, stored.size() - 1))
                    .map(event -> ((DomainEventMessage<?>) event).getAggregateIdentifier())
                    .containsExactlyElementsOf(stored.stream()
                            .map(StoredEvent::aggregateIdentifier)
                            .toList());
        }
    }

    /** Terminates the writer's session as an administrator would; returns whether there was one. */
    private boolean killWriter() {
        return JdbcClient.create(database.dataSource())
                        .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                + " WHERE application_name = 'parley-event-writer' AND datname = current_database()")
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
