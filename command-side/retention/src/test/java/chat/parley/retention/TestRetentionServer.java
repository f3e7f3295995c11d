package chat.parley.retention;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.TextKeys;
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
import chat.parley.identity.security.SecurityConfiguration;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.InMemoryServerConfiguration;
import chat.parley.testing.InMemoryServerConfiguration.HandledAggregates;
import chat.parley.testing.MutableClock;
import chat.parley.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryBus;
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
    InMemoryServerConfiguration.class,
    WebConfiguration.class,
    IdentityConfiguration.class,
    SecurityConfiguration.class,
    DispatchConfiguration.class,
    CommandHandlingConfiguration.class,
    RetentionConfiguration.class
})
class TestRetentionServer {
    private static final int MAX_MEMBERS = 100;

    @Bean
    MutableClock clock() {
        return MutableClock.betweenMilliseconds();
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
    HandledAggregates handled() {
        return new HandledAggregates(
                List.of(
                        Account.class,
                        AuditLog.class,
                        Contact.class,
                        Conversation.class,
                        Retention.class,
                        UsernameClaim.class),
                new GroupPolicy(MAX_MEMBERS));
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
    FakeHits hits(QueryBus bus) {
        FakeHits hits = new FakeHits();
        new AnnotationQueryHandlerAdapter<>(hits).subscribe(bus);
        return hits;
    }
}
