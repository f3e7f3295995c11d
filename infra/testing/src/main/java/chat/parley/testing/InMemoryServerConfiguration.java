package chat.parley.testing;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.VaultSecrets;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a server of the command side has around it: a vault of its own, and a read side that lags behind the aggregates in
 * memory. The server itself has the clock, the event storage and the aggregates.
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
