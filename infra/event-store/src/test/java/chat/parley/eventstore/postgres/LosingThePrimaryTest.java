package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.testing.replication.ReplicatedPostgres;
import chat.parley.testing.replication.ReplicatedPostgres.Server;
import chat.parley.vault.primary.PrimaryConnections;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** A primary PostgreSQL and its standby, of which one or the other dies. */
class LosingThePrimaryTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private ReplicatedPostgres postgres = ReplicatedPostgres.synchronous();
    private Database database = postgres.migratedDatabase();
    private PostgresEventStore store = openStore();

    private PostgresEventStore openStore() {
        PrimaryConnections primary = PrimaryConnections.to(postgres.url(), null, null);
        return TestEventStores.open(
                database,
                DatabaseSharing.SHARED,
                WriterConnections.to(primary, SILENCE, "parley-event-writer"),
                WriterConnections.to(primary, SILENCE, "parley-event-listener"),
                TestEventStores.properties(16, 16, RECOVERY));
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
        postgres.close();
    }

    private void replicateWithoutWaiting() {
        close();
        postgres = ReplicatedPostgres.asynchronous();
        database = postgres.migratedDatabase();
        store = openStore();
    }

    @Test
    void anAppendThatTheStandbyLacksIsNotAcknowledgedAfterTheServersRestart() {
        TestEventStores.append(store, "a", 0);
        postgres.second().kill();
        CompletableFuture<Void> append = CompletableFuture.runAsync(() -> TestEventStores.append(store, "a", 1));
        await().atMost(LIMIT).until(this::waitsForTheStandby);

        postgres.first().kill();
        postgres.first().start();
        assertThat(storedIn(postgres.first())).isEqualTo(2);
        assertThat(append)
                .failsWithin(LIMIT)
                .withThrowableOfType(ExecutionException.class)
                .satisfies(e -> assertThat(Refused.in(e)).contains(Refusal.OUTCOME_UNKNOWN));
        assertThat(TestEventStores.readFrom(store, -1)).hasSize(1);

        postgres.second().start();
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> TestEventStores.append(store, "b", 0));
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L, 2L);
        assertThat(storedIn(postgres.second())).isEqualTo(3);
    }

    private boolean waitsForTheStandby() {
        return postgres.first()
                .database()
                .sql("SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                .query(Boolean.class)
                .single();
    }

    @Test
    void aFormerPrimaryThatComesBackIsNotUsedAndAcknowledgesNothing() {
        TestEventStores.append(store, "a", 0);
        postgres.first().kill();
        postgres.second().promote();
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> TestEventStores.append(store, "a", 1));

        postgres.first().start();
        postgres.second()
                .database()
                .sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'parley-event%'")
                .query(Boolean.class)
                .list();
        TestEventStores.append(store, "a", 2);
        assertThat(storedIn(postgres.second())).isEqualTo(3);
        assertThat(storedIn(postgres.first())).isEqualTo(1);

        // A node that was started anew and knows the former primary alone.
        WriterConnections alone = WriterConnections.to(
                PrimaryConnections.to(postgres.first().url(), null, null), SILENCE, "parley-event-writer");
        assertThatThrownBy(() -> TestEventStores.open(
                        database, DatabaseSharing.SHARED, alone, TestEventStores.properties(16, 16, RECOVERY)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPrimaryThatLacksAcknowledgedEventsIsRefused() {
        replicateWithoutWaiting();
        TestEventStores.append(store, "a", 0);
        postgres.awaitReplication();
        postgres.second().kill();
        TestEventStores.append(store, "a", 1);
        postgres.first().kill();
        postgres.second().start();
        postgres.second().promote();

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThatThrownBy(store::createHeadToken)
                        .isInstanceOf(DataAccessResourceFailureException.class)
                        .hasMessageContaining("lacks events that were stored"));
        assertThatThrownBy(() -> TestEventStores.append(store, "b", 0))
                .satisfies(e -> assertThat(Refused.in(e)).isPresent());
        assertThat(storedIn(postgres.second())).isEqualTo(1);

        // Others have stored as many events in the place of the lost one.
        postgres.second()
                .database()
                .sql("INSERT INTO events.domain_events SELECT global_index + number, event_identifier || number,"
                        + " 'other', number, type, timestamp, payload_type, payload_revision, payload, metadata"
                        + " FROM events.domain_events, generate_series(1, 3) number")
                .update();
        assertThatThrownBy(() -> TestEventStores.append(store, "b", 0))
                .satisfies(e -> assertThat(Refused.in(e)).isPresent());
        assertThatThrownBy(store::createHeadToken).isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(storedIn(postgres.second())).isEqualTo(4);
    }

    private static int storedIn(Server server) {
        return server.database()
                .sql("SELECT count(*) FROM events.domain_events")
                .query(Integer.class)
                .single();
    }
}
