package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.eventstore.postgres.FaultyPostgres.Fault;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An append whose request or answer is lost, and a PostgreSQL that stays unreachable. */
@ParameterizedClass
@EnumSource(DatabaseSharing.class)
class UnknownOutcomesTest {
    private final Database database = TestPostgres.database();
    private final FaultyPostgres postgres =
            new FaultyPostgres(TestEventStores.connections(database.url(), "parley-event-writer"));
    private final DatabaseSharing sharing;
    private final PostgresEventStore store;

    UnknownOutcomesTest(DatabaseSharing sharing) {
        this.sharing = sharing;
        store = TestEventStores.open(
                database, sharing, postgres, TestEventStores.properties(16, 16, Duration.ofMillis(300)));
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ANSWER_LOST", "APPEND_LOST"})
    void anAppendWhoseConnectionWasLostIsStoredOnce(Fault fault) {
        TestEventStores.append(store, "a", 0);
        postgres.nextAppend(fault);
        TestEventStores.append(store, "a", 1);
        TestEventStores.append(store, "a", 2);
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L, 2L);
        assertThat(stored()).hasSize(3);
    }

    @Test
    void whilePostgresIsUnavailableTheOutcomeStaysUnknown() throws Exception {
        TestEventStores.append(store, "a", 0);
        try (BlockingStream<TrackedEventMessage<?>> follower = store.openStream(store.createHeadToken())) {
            postgres.nextAppend(Fault.ANSWER_LOST);
            postgres.away(true);
            assertThatThrownBy(() -> TestEventStores.append(store, "a", 1))
                    .isInstanceOf(EventStoreException.class)
                    .satisfies(e -> assertThat(Refused.in(e)).contains(Refusal.OUTCOME_UNKNOWN));
            assertThatThrownBy(() -> TestEventStores.append(store, "b", 0))
                    .isInstanceOf(EventStoreException.class)
                    .satisfies(e -> assertThat(Refused.in(e)).contains(Refusal.RETRY_LATER));
            // The connection that follows other nodes' appends is another one, and it may still bring the event.
            if (sharing == DatabaseSharing.EXCLUSIVE) {
                assertThat(follower.hasNextAvailable()).isFalse();
            }

            postgres.away(false);
            // Without a further append, the writer reconnects by itself and publishes the event of unknown outcome.
            assertThat(follower.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
            assertThat(TestEventStores.indexOf(follower.nextAvailable())).isEqualTo(1);
        }
        // Where the other connection brings the event, the writer may not have reconnected yet, and refuses.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> TestEventStores.append(store, "a", 0))
                        .isInstanceOf(AggregateStreamCreationException.class));
        TestEventStores.append(store, "b", 0);
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void aDuplicateInABatchFailsAlone() throws Exception {
        TestEventStores.append(store, "a", 0);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Connection blocker = database.dataSource().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE events.domain_events IN EXCLUSIVE MODE");
            List<Future<?>> appends = new ArrayList<>();
            // The first append blocks the writer on the table; the others queue meanwhile.
            appends.add(executor.submit(() -> TestEventStores.append(store, "first", 0)));
            await().atMost(Duration.ofSeconds(30)).until(() -> waitsForTheTable());
            for (String aggregate : List.of("b", "a", "c", "d")) {
                appends.add(executor.submit(() -> TestEventStores.append(store, aggregate, 0)));
            }
            blocker.rollback();

            assertThatThrownBy(() -> appends.get(2).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AggregateStreamCreationException.class);
            for (int good : List.of(0, 1, 3, 4)) {
                appends.get(good).get();
            }
        }
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(stored())
                .map(StoredEvent::aggregateIdentifier)
                .containsExactlyInAnyOrder("a", "first", "b", "c", "d");
    }

    private boolean waitsForTheTable() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private List<StoredEvent> stored() {
        return new EventReader(database.dataSource(), 1_000, Long.MAX_VALUE).after(-1);
    }
}
