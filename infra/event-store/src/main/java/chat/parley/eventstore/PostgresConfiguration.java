package chat.parley.eventstore;

import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.RawEvents;
import chat.parley.eventstore.feed.CachedEntryLookup;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.eventstore.postgres.CommitMeters;
import chat.parley.eventstore.postgres.EventReader;
import chat.parley.eventstore.postgres.EventStoreProperties;
import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.postgres.WriterConnections;
import chat.parley.eventstore.raw.PostgresRawEvents;
import chat.parley.vault.primary.PrimaryConnections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the embedded and the shared PostgreSQL have in common. */
@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {
    @Bean
    PostgresWriters postgresWriters(PrimaryConnections primary, EventStoreProperties properties) {
        return new PostgresWriters(primary, properties);
    }

    @Bean
    EventEncoding eventEncoding(
            Serializer snapshots,
            @Qualifier("eventSerializer") Serializer events,
            EventUpcasterChain upcasters,
            ObjectProvider<org.axonframework.config.Configuration> axon) {
        // Resolved on use: Axon knows its snapshot filters only after the aggregates are registered.
        return new EventEncoding(
                events, snapshots, snapshot -> axon.getObject().snapshotFilter().allow(snapshot), upcasters);
    }

    @Bean
    CommitMeters commitMeters(ObjectProvider<MeterRegistry> meters) {
        return new CommitMeters(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    EventFeed eventFeed(EventStore events) {
        return StreamEventFeed.ofEmbedded(events);
    }

    @Bean
    EntryLookup entryLookup(PostgresEventStore events, EventStoreProperties properties) {
        return new CachedEntryLookup(events::find, properties.cachedEntries());
    }

    @Bean
    RawEvents rawEvents(DataSource dataSource, EventFeed feed, EventStoreProperties properties) {
        EventReader reader = new EventReader(
                dataSource, properties.readEvents(), properties.read().toBytes());
        return new PostgresRawEvents(reader, feed::head);
    }

    /** Opens the event store's own connections, which are not pooled. */
    static final class PostgresWriters {
        private final PrimaryConnections primary;
        private final EventStoreProperties properties;

        PostgresWriters(PrimaryConnections primary, EventStoreProperties properties) {
            this.primary = primary;
            this.properties = properties;
        }

        WriterConnections named(String name) {
            return WriterConnections.to(primary, properties.commitTimeout(), name);
        }
    }
}
