package chat.parley.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.eventstore.postgres.EventReader;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.postgres.TestEventStores;
import chat.parley.eventstore.raw.PostgresRawEvents;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.VaultTables;
import chat.parley.vault.wrapping.KeyEncryptionKeys;
import chat.parley.vault.wrapping.VaultTransaction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A vault whose event store is another installation's. */
class ForeignEventStoreTest {
    private final Database database = TestPostgres.database();
    private final VaultTables vault =
            new VaultTables(new VaultTransaction(database.dataSource()), KeyEncryptionKeys.inMemory());
    private PostgresEventStore store;
    private EventStoreOwnership ownership;

    @BeforeEach
    void open() {
        store = TestEventStores.open(database, TestEventStores.properties(4, 3));
        StreamEventFeed feed = StreamEventFeed.ofEmbedded(store);
        ownership = new EventStoreOwnership(
                feed, new PostgresRawEvents(new EventReader(database.dataSource(), 3, 1_000_000), feed::head), vault);
    }

    @AfterEach
    void close() {
        ownership.stop();
        store.close();
        database.close();
    }

    /** Leaves the vault as it is. */
    private void becomesAnotherStore() {
        store.close();
        JdbcClient.create(database.dataSource())
                .sql("TRUNCATE events.domain_events")
                .update();
        open();
    }

    private String named() {
        return vault.firstEvent().orElse("");
    }

    @Test
    void isRefusedAlsoIfItIsEmpty() {
        TestEventStores.append(store, "a", 0);
        ownership.start();
        ownership.start();
        String first = named();
        becomesAnotherStore();
        assertThatThrownBy(ownership::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("The event store is empty");
        TestEventStores.append(store, "a", 0);
        assertThatThrownBy(ownership::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("another installation");
        assertThat(named()).isEqualTo(first).isNotEmpty();
    }

    @Test
    void isRecognisedByTheFirstEventAfterTheStart() {
        ownership.start();
        TestEventStores.append(store, "a", 0);
        Awaitility.await().until(() -> !named().isEmpty());
        becomesAnotherStore();
        TestEventStores.append(store, "a", 0);
        assertThatThrownBy(ownership::start).isInstanceOf(StartupFailure.class);
    }
}
