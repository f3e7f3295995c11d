package chat.parley.retention;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.SentMessages;
import chat.parley.api.port.TextKeys;
import chat.parley.api.port.TextProtection;
import chat.parley.api.port.VaultSecrets;
import chat.parley.dispatch.CommandHandlingConfiguration;
import chat.parley.dispatch.DispatchConfiguration;
import chat.parley.domain.Account;
import chat.parley.domain.AuditLog;
import chat.parley.domain.Contact;
import chat.parley.domain.Conversation;
import chat.parley.domain.GroupPolicy;
import chat.parley.domain.Retention;
import chat.parley.domain.UsernameClaim;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.identity.IdentityConfiguration;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.FakeVaultSecrets;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.LaggingReadSide;
import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres;
import chat.parley.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** This module as a server of its own, with a vault, the aggregates in memory and a read side that lags. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    WebConfiguration.class,
    IdentityConfiguration.class,
    DispatchConfiguration.class,
    CommandHandlingConfiguration.class,
    RetentionConfiguration.class
})
class TestRetentionServer {
    private static final int MAX_MEMBERS = 100;

    @Bean
    DataSource vault() {
        return TestPostgres.emptyDatabase().dataSource();
    }

    @Bean
    MutableClock clock() {
        return MutableClock.betweenMilliseconds();
    }

    @Bean
    VaultSecrets secrets() {
        return new FakeVaultSecrets();
    }

    @Bean
    KeyedHash hashes() {
        return new FakeKeyedHash();
    }

    @Bean
    FakeTextProtection protection() {
        return new FakeTextProtection();
    }

    @Bean
    CrashInjector crashes() {
        return new CrashInjector();
    }

    @Bean
    @Primary
    TextKeys crashingKeys(CrashInjector crashes, FakeTextProtection keys) {
        return crashes.around((TextKeys) keys);
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    InMemoryEventStorageEngine storage() {
        return new InMemoryEventStorageEngine();
    }

    @Bean
    EntryLookup entries(InMemoryEventStorageEngine storage) {
        return (conversation, position) -> storage.readEvents(conversation.value(), position - 1)
                .asStream()
                .findFirst()
                .map(event -> (ConversationEvent) event.getPayload());
    }

    @Bean
    InMemoryAggregates aggregates(
            @Qualifier("localSegment") CommandBus bus,
            InMemoryEventStorageEngine storage,
            MutableClock clock,
            TextProtection protection,
            KeyedHash hashes,
            BlockPolicy blocks,
            SentMessages sentMessages,
            EntryLookup entries) {
        InMemoryAggregates aggregates = new InMemoryAggregates(
                bus, storage, clock, protection, hashes, blocks, sentMessages, new GroupPolicy(MAX_MEMBERS), entries);
        List.of(Account.class, AuditLog.class, Contact.class, Conversation.class, Retention.class, UsernameClaim.class)
                .forEach(aggregates::handleCommandsOf);
        return aggregates;
    }

    @Bean
    EventFeed events(InMemoryAggregates aggregates) {
        return StreamEventFeed.ofEmbedded(aggregates.store());
    }

    @Bean
    CommandGateway commands(@Qualifier("localSegment") CommandBus bus, CrashInjector crashes) {
        return crashes.gateway(bus);
    }

    @Bean
    QueryBus queryBus() {
        return SimpleQueryBus.builder().build();
    }

    @Bean
    QueryGateway queries(QueryBus bus) {
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }

    @Bean
    LaggingReadSide readSide(InMemoryAggregates aggregates, MutableClock clock, QueryBus bus) {
        LaggingReadSide readSide = new LaggingReadSide(aggregates, clock);
        new AnnotationQueryHandlerAdapter<>(readSide).subscribe(bus);
        return readSide;
    }

    @Bean
    FakeHits hits(QueryBus bus) {
        FakeHits hits = new FakeHits();
        new AnnotationQueryHandlerAdapter<>(hits).subscribe(bus);
        return hits;
    }
}
