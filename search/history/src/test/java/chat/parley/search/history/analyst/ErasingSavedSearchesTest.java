package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.search.SavedSearchId;
import chat.parley.eventprocessing.processor.VaultProcess;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class ErasingSavedSearchesTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Database vault = TestPostgres.database();
    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final SavedSearches searches = new SavedSearches(
            vault.dataSource(), FakeTextProtection.legible(), JsonMapper.shared(), Clock.systemUTC(), 10);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final VaultProcess erasure = new AnalystEndpoints()
            .savedSearchErasure(
                    searches,
                    new ObjectProvider<ErasureProgress>() {
                        @Override
                        public ErasureProgress getObject() {
                            return (user, store) -> done.add(user + " " + store);
                        }
                    },
                    events,
                    vault.dataSource(),
                    Jackson3Serializer.builder().build());

    @AfterEach
    void stop() {
        erasure.stop();
        vault.close();
    }

    private void save(UserId user, String id) {
        searches.put(user, new SavedSearch(new SavedSearchId(id), "name", "secret", null));
    }

    private List<String> owners() {
        return JdbcClient.create(vault.dataSource())
                .sql("select user_id from vault.saved_searches order by 1")
                .query(String.class)
                .list();
    }

    private void erase(UserId user) {
        events.publish(
                new GenericDomainEventMessage<>("Account", user.value(), 0, new AccountErased(user, Instant.EPOCH)));
    }

    @Test
    void anErasedUsersSavedSearchesAreRemovedAndReported() {
        save(ANN, "one");
        save(ANN, "two");
        save(BOB, "one");
        erasure.start();
        erase(ANN);
        Awaitility.await().atMost(LIMIT).until(() -> done.contains(ANN + " " + Store.SAVED_SEARCHES));
        assertThat(owners()).containsExactly(BOB.value());
    }

    @Test
    void anErasureDuringAStandstillIsMadeUpFor() {
        erasure.start();
        erasure.stop();
        save(ANN, "one");
        erase(ANN);
        erasure.start();
        Awaitility.await().atMost(LIMIT).until(() -> done.contains(ANN + " " + Store.SAVED_SEARCHES));
        assertThat(owners()).isEmpty();
    }
}
