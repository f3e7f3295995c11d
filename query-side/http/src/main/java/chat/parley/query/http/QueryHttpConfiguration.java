package chat.parley.query.http;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.LiveActivity;
import chat.parley.api.port.OpenLogins;
import chat.parley.api.port.TextProtection;
import chat.parley.discovery.GatewayAnnouncement;
import chat.parley.discovery.GatewayRegistry;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.account.MeController;
import chat.parley.query.http.account.PresenceController;
import chat.parley.query.http.account.UserController;
import chat.parley.query.http.conversation.ConversationController;
import chat.parley.query.http.conversation.EntrySchemaCustomizer;
import chat.parley.query.http.conversation.InboxController;
import chat.parley.query.http.sync.LongPollSync;
import chat.parley.query.http.sync.MissedReader;
import chat.parley.query.http.sync.NewEventNotifier;
import chat.parley.query.http.sync.SyncController;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** REST endpoints that only read. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryHttpProperties.class)
public class QueryHttpConfiguration {
    @Bean
    QueryClient restQueries(QueryGateway gateway, QueryHttpProperties properties) {
        return new QueryClient(gateway, properties.timeout());
    }

    @Bean
    EntrySchemaCustomizer entrySchema() {
        return new EntrySchemaCustomizer();
    }

    @Bean
    UserController userReads(QueryClient queries, TextProtection protection) {
        return new UserController(queries, new SealedTextReader(protection));
    }

    @Bean
    MeController ownReads(QueryClient queries, OpenLogins logins) {
        return new MeController(queries, logins);
    }

    @Bean
    ConversationController conversationReads(QueryClient queries, TextProtection protection) {
        return new ConversationController(queries, new SealedTextReader(protection), new EntryRenderer(protection));
    }

    @Bean
    InboxController inboxReads(QueryClient queries, TextProtection protection) {
        return new InboxController(queries, new SealedTextReader(protection), new EntryRenderer(protection));
    }

    @Bean
    PresenceController presenceReads(QueryClient queries, ObjectProvider<LiveActivity> activity, BlockPolicy blocks) {
        return new PresenceController(queries, activity, blocks);
    }

    @Bean
    GatewayController gatewayReads(GatewayRegistry registry) {
        return new GatewayController(registry);
    }

    @Bean
    LoadController loadReads(MeterRegistry meters, GatewayAnnouncement announcement) {
        return new LoadController(meters, announcement);
    }

    @Bean
    NewEventNotifier syncArrivals(EventFeed feed, QueryHttpProperties properties, MeterRegistry meters) {
        NewEventNotifier arrivals = new NewEventNotifier(feed, properties.syncWaitsPerUser());
        Gauge.builder("parley.sync.waits", arrivals, NewEventNotifier::waiting)
                .description("Requests that wait for new entries")
                .register(meters);
        return arrivals;
    }

    @Bean
    LongPollSync synchroniser(
            QueryClient queries, EventFeed feed, NewEventNotifier arrivals, QueryHttpProperties properties) {
        return new LongPollSync(queries, new MissedReader(queries, properties.syncEntries()), feed, arrivals);
    }

    @Bean
    SyncController syncReads(
            LongPollSync synchroniser, TextProtection protection, KeyedHash hash, Epoch epoch, EventFeed feed) {
        return new SyncController(synchroniser, new EntryRenderer(protection), new CursorCodec(hash, epoch), feed);
    }
}
