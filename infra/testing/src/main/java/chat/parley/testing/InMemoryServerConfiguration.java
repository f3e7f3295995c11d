package chat.parley.testing;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.SentMessages;
import chat.parley.api.port.VaultSecrets;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a server of the command side has around it: a vault of its own, and a read side that lags behind the aggregates in
 * memory. The server itself has the clock and the event storage, and says which aggregates it handles.
 */
@Configuration(proxyBeanMethods = false)
public class InMemoryServerConfiguration {
    /** Each server finishes the processes that it finds in its vault, so none is shared. */
    @Bean
    DataSource vault() {
        return TestPostgres.emptyDatabase().dataSource();
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
    EntryLookup entries(InMemoryEventStorageEngine storage) {
        return (conversation, position) -> storage.readEvents(conversation.value(), position - 1)
                .asStream()
                .findFirst()
                .map(event -> (ConversationEvent) event.getPayload());
    }

    /** @param groupPolicy a parameter of the commands of conversations */
    public record HandledAggregates(List<Class<?>> types, Object groupPolicy) {}

    @Bean
    InMemoryAggregates aggregates(
            HandledAggregates handled,
            @Qualifier("localSegment") CommandBus bus,
            InMemoryEventStorageEngine storage,
            Clock clock,
            FakeTextProtection protection,
            KeyedHash hashes,
            BlockPolicy blocks,
            SentMessages sentMessages,
            EntryLookup entries) {
        InMemoryAggregates aggregates = new InMemoryAggregates(
                bus, storage, clock, protection, hashes, blocks, sentMessages, entries, handled.groupPolicy());
        handled.types().forEach(aggregates::handleCommandsOf);
        return aggregates;
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
    LaggingReadSide readSide(InMemoryAggregates aggregates, Clock clock, QueryBus bus) {
        LaggingReadSide readSide = new LaggingReadSide(aggregates, clock);
        new AnnotationQueryHandlerAdapter<>(readSide).subscribe(bus);
        return readSide;
    }
}
