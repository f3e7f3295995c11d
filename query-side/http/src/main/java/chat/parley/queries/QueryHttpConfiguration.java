package chat.parley.queries;

import chat.parley.api.BlockPolicy;
import chat.parley.api.Epoch;
import chat.parley.api.EventFeed;
import chat.parley.api.KeyedHash;
import chat.parley.api.LiveActivity;
import chat.parley.api.OpenLogins;
import chat.parley.api.TextProtection;
import chat.parley.discovery.GatewayRegistry;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that reads over HTTP, and the document that describes all of REST. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryHttpProperties.class)
@Import(OpenApiConfiguration.class)
public class QueryHttpConfiguration {
    @Bean
    Queries restQueries(QueryGateway gateway, QueryHttpProperties properties) {
        return new Queries(gateway, properties);
    }

    @Bean
    UserController userReads(Queries queries, TextProtection protection) {
        return new UserController(queries, new Unsealer(protection));
    }

    @Bean
    MeController ownReads(Queries queries, OpenLogins logins) {
        return new MeController(queries, logins);
    }

    @Bean
    ConversationController conversationReads(Queries queries, TextProtection protection) {
        return new ConversationController(queries, new Unsealer(protection), new EntryRenderer(protection));
    }

    @Bean
    InboxController inboxReads(Queries queries, TextProtection protection) {
        return new InboxController(queries, new Unsealer(protection), new EntryRenderer(protection));
    }

    @Bean
    PresenceController presenceReads(Queries queries, ObjectProvider<LiveActivity> activity, BlockPolicy blocks) {
        return new PresenceController(queries, activity, blocks);
    }

    @Bean
    GatewayController gatewayReads(GatewayRegistry registry) {
        return new GatewayController(registry);
    }

    @Bean
    Arrivals syncArrivals(EventFeed feed, QueryHttpProperties properties, MeterRegistry meters) {
        Arrivals arrivals = new Arrivals(feed, properties.syncWaitsPerUser());
        Gauge.builder("parley.sync.waits", arrivals, Arrivals::waiting)
                .description("Requests that wait for something new")
                .register(meters);
        return arrivals;
    }

    @Bean
    Synchroniser synchroniser(Queries queries, EventFeed feed, Arrivals arrivals, QueryHttpProperties properties) {
        return new Synchroniser(queries, new MissedReader(queries, properties.syncEntries()), feed, arrivals);
    }

    @Bean
    SyncController syncReads(
            Synchroniser synchroniser, TextProtection protection, KeyedHash hash, Epoch epoch, EventFeed feed) {
        return new SyncController(synchroniser, new EntryRenderer(protection), new CursorCodec(hash, epoch), feed);
    }
}
