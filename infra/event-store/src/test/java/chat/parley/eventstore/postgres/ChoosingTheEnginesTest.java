package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextKeys;
import chat.parley.api.port.TextProtection;
import chat.parley.api.port.VaultSecrets;
import chat.parley.eventstore.EventStoreConfiguration;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

class ChoosingTheEnginesTest {
    private final Database database = TestPostgres.emptyDatabase();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
            .withUserConfiguration(Serializers.class, EventStoreConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withPropertyValues(
                    "parley.data-dir=" + directory(),
                    "spring.datasource.url=" + database.url(),
                    "spring.flyway.schemas=vault",
                    "spring.flyway.locations=classpath:db/vault,classpath:db/events",
                    "spring.flyway.out-of-order=true");

    private static Path directory() {
        try {
            return Files.createTempDirectory("parley");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void embeddedIsTheDefaultAndStoresInPostgres() {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("eventBus"))
                    .isInstanceOf(PostgresEventStore.class)
                    .isSameAs(context.getBean(EventStore.class))
                    .isSameAs(context.getBean(EventBus.class));
            assertThat(context)
                    .hasSingleBean(EventFeed.class)
                    .hasSingleBean(EntryLookup.class)
                    .hasSingleBean(KeyedHash.class)
                    .hasSingleBean(TextProtection.class)
                    .hasSingleBean(TextKeys.class)
                    .hasSingleBean(VaultSecrets.class);
            assertThat(context.getBean(Epoch.class).value()).isNotBlank();
            context.getBean(TextProtection.class)
                    .seal(new UserId("ann"), "Tea", TextProtection.titleContext(new ConversationId("tea")));
            TestEventStores.append(context.getBean(PostgresEventStore.class), "a", 0);
            assertThat(context.getBean(EventFeed.class).head()).isZero();
        });
        // The same data again. The previous context has released it.
        application.run(
                context -> assertThat(context.getBean(EventFeed.class).head()).isZero());
    }

    @Test
    void withServersAxonServerIsTheEventStore() {
        application
                .withPropertyValues("parley.engines=server")
                .withUserConfiguration(AxonServer.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(PostgresEventStore.class);
                    assertThat(context).hasSingleBean(EventFeed.class).hasSingleBean(EntryLookup.class);
                });
    }

    @Test
    void withServersSeveralNodesMayShareOnePostgres() {
        ApplicationContextRunner node = application.withPropertyValues(
                "parley.engines=server",
                "parley.event-store.engine=postgres",
                "parley.vault.key-file=" + directory().resolve("vault.keys"));
        node.run(one -> {
            assertThat(one).hasNotFailed();
            node.run(two -> {
                assertThat(two).hasNotFailed();
                TestEventStores.append(one.getBean(PostgresEventStore.class), "a", 0);
                TestEventStores.append(two.getBean(PostgresEventStore.class), "a", 1);
                assertThat(one.getBean(EventFeed.class).head())
                        .isEqualTo(two.getBean(EventFeed.class).head())
                        .isEqualTo(1);
                assertThat(one.getBean(Epoch.class)).isEqualTo(two.getBean(Epoch.class));
            });
        });
    }

    @Test
    void everyTypeOfAggregateHasItsOwnCache() {
        application.run(context -> assertThat(context.getBean(Cache.class)).isNotSameAs(context.getBean(Cache.class)));
    }

    @Configuration(proxyBeanMethods = false)
    static class Serializers {
        @Bean
        @Primary
        Serializer serializer(Jackson3SerializerCustomizer customizer) {
            return Jackson3Serializer.builder()
                    .jsonMapperBuilderCustomizer(customizer)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AxonServer {
        @Bean
        EventStore eventStore() {
            return Mockito.mock(EventStore.class);
        }

        @Bean
        AxonServerConnectionManager axonServerConnectionManager() {
            AxonServerConnectionManager server =
                    Mockito.mock(AxonServerConnectionManager.class, Mockito.RETURNS_DEEP_STUBS);
            Mockito.when(server.getConnection().eventChannel().getLastToken())
                    .thenReturn(CompletableFuture.completedFuture(-1L));
            return server;
        }
    }
}
