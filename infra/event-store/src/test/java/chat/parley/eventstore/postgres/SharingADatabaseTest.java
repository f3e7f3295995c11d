package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes over one database. */
class SharingADatabaseTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Database database = TestPostgres.database();
    private final PostgresEventStore one = open();
    private final PostgresEventStore two = open();

    private PostgresEventStore open() {
        return TestEventStores.open(database, DatabaseSharing.SHARED, TestEventStores.DEFAULTS);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void theHeadIncludesWhatTheOtherNodeHasAcknowledged() {
        for (long i = 0; i < 50; i++) {
            TestEventStores.append(i % 2 == 0 ? one : two, "a", i);
            assertThat(one.createHeadToken())
                    .isEqualTo(two.createHeadToken())
                    .isEqualTo(new GlobalSequenceTrackingToken(i));
        }
    }

    @Test
    void oneOfTwoEqualSequenceNumbersIsStored() {
        TestEventStores.append(one, "a", 0);
        TestEventStores.append(two, "a", 1);
        assertThatThrownBy(() -> TestEventStores.append(one, "a", 1)).isInstanceOf(ConcurrencyException.class);
        TestEventStores.append(one, "a", 2);
        assertThat(two.lastSequenceNumberFor("a")).contains(2L);
    }

    @Test
    void anAppendThatIsRolledBackLeavesNoGap() throws Exception {
        TestEventStores.append(one, "a", 0);
        try (BlockingStream<TrackedEventMessage<?>> follower = two.openStream(one.createHeadToken());
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("SELECT events.append(ARRAY['e'], ARRAY['b'], ARRAY[0::bigint],"
                    + " ARRAY['Note'], ARRAY[0::bigint], ARRAY['Noted'], ARRAY['1'], ARRAY['{}'::bytea],"
                    + " ARRAY['{}'::bytea])")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(1);
            }
            assertThat(follower.hasNextAvailable()).isFalse();
            other.rollback();
            TestEventStores.append(one, "c", 0);
            assertThat(follower.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
            TrackedEventMessage<?> next = follower.nextAvailable();
            assertThat(TestEventStores.indexOf(next)).isEqualTo(1);
        }
    }

    /** An index that was assigned earlier is never committed later, so no follower can pass it. */
    @Test
    void anAppendWaitsForTheOneBefore() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(71813199908420)");
            Thread append = Thread.startVirtualThread(() -> TestEventStores.append(one, "a", 0));
            await().atMost(LONG).until(this::anAppendWaits);
            assertThat(two.createHeadToken()).isNull();
            other.commit();
            assertThat(append.join(LONG)).isTrue();
        }
        assertThat(two.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    private boolean anAppendWaits() {
        return JdbcClient.create(database.dataSource())
                        .sql("SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
                                + " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Test
    void aFollowerHearsOfTheOtherNodeAlsoAfterItsConnectionWasLost() throws Exception {
        try (BlockingStream<TrackedEventMessage<?>> follower = two.openStream(null)) {
            for (long i = 0; i < 20; i++) {
                TestEventStores.append(one, "a", i);
                if (i % 5 == 4) {
                    await().atMost(LONG).until(this::listenersEnded);
                }
            }
            for (long index : LongStream.range(0, 20).toArray()) {
                assertThat(follower.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
                assertThat(TestEventStores.indexOf(follower.nextAvailable())).isEqualTo(index);
            }
        }
    }

    private boolean listenersEnded() {
        return JdbcClient.create(database.dataSource())
                        .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                + " WHERE application_name = 'parley-event-listener' AND datname = current_database()")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** After a long absence, the events between are read by those who need them. */
    @Test
    void aNodeThatIsFarBehindSeesEveryIndex() throws Exception {
        LongStream.range(0, 30).forEach(i -> TestEventStores.append(one, "a", i));
        try (PostgresEventStore small =
                        TestEventStores.open(database, DatabaseSharing.SHARED, TestEventStores.properties(2, 3));
                BlockingStream<TrackedEventMessage<?>> follower = small.openStream(null)) {
            LongStream.range(30, 60).forEach(i -> TestEventStores.append(one, "a", i));
            for (long index = 0; index < 60; index++) {
                assertThat(follower.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
                assertThat(TestEventStores.indexOf(follower.nextAvailable())).isEqualTo(index);
            }
        }
    }

    @Test
    void aProcessThatSharesWithNobodyKeepsNodesAway() {
        one.close();
        two.close();
        try (PostgresEventStore exclusive = TestEventStores.open(database, TestEventStores.DEFAULTS)) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(DatabaseInUseException.class)
                    .hasMessageContaining("shares its database with nobody");
            TestEventStores.append(exclusive, "a", 0);
        }
    }
}
