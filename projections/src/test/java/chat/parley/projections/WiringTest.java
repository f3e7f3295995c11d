package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.process.Roles;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.projections.inbox.InboxQueries;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class WiringTest {
    private final MongoDatabase database = Mongo.database();
    private final EventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(ProjectionsConfiguration.class)
            .withBean(EventStore.class, () -> events)
            .withBean(
                    MongoDatabaseFactory.class,
                    () -> new SimpleMongoClientDatabaseFactory(Mongo.client(), database.getName()))
            .withBean(TextProtection.class, FakeTextProtection::legible)
            .withBean(KeyedHash.class, FakeKeyedHash::new)
            .withBean(Epoch.class, () -> new Epoch("first"))
            .withBean(Installation.class, () -> new Installation("this"))
            .withBean(Serializer.class, () -> ReadSide.SERIALIZER)
            .withBean(Roles.class, Roles::complete)
            .withBean(Clock.class, Clock::systemUTC);

    @Test
    void startsTheServedGenerationAndAnswersQuestions() {
        runner.run(context -> {
            EventHistoryFixture history = new EventHistoryFixture();
            new RandomHistory(event -> {
                RecordedEvent recorded = history.add(event);
                events.publish(new GenericDomainEventMessage<>(
                        "Conversation", recorded.aggregate(), recorded.position() - 1, (ConversationEvent) event));
            });
            Memberships memberships = context.getBean(InboxQueries.class)
                    .handle(new FindMemberships(RandomHistory.USERS.getFirst(), 2))
                    .get(20, TimeUnit.SECONDS);
            assertThat(memberships.memberships()).hasSize(3);
            assertThat(context).hasSingleBean(MeterBinder.class);
            assertThat(context.getBean(GenerationSupervisor.class).isRunning()).isTrue();
        });
    }
}
