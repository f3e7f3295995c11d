package chat.parley.push;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.LoginVault;
import chat.parley.api.port.TextProtection;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.dispatch.DispatchConfiguration;
import chat.parley.dispatch.FanoutBackpressure;
import chat.parley.dispatch.QueueProperties;
import chat.parley.push.fanout.AxonReadModel;
import chat.parley.push.fanout.CatchUpReader;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.FeedPump;
import chat.parley.push.fanout.LiveEventBuffer;
import chat.parley.push.fanout.LiveFrames;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.ReadReceipts;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.DeviceRegistry;
import chat.parley.push.presence.InProcessDeviceRegistry;
import chat.parley.push.presence.PresenceCommands;
import chat.parley.push.presence.PresenceModel;
import chat.parley.push.presence.PresenceRecovery;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.push.session.AccountEventListener;
import chat.parley.push.session.ConnectionDrain;
import chat.parley.push.session.EndedLogins;
import chat.parley.push.session.PushSessions;
import chat.parley.push.session.PushTier;
import chat.parley.push.session.RateLimits;
import chat.parley.push.session.SocketSessionRegistry;
import chat.parley.push.session.Sweeper;
import chat.parley.push.session.TokenVerifier;
import chat.parley.push.socket.SocketConnector;
import chat.parley.push.socket.SocketEndpoint;
import chat.parley.push.socket.SocketLimits;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The push tier: {@code /ws} on this node's web server, which must be Jetty. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PushProperties.class, SocketLimits.class})
@Import(DispatchConfiguration.class)
public class PushConfiguration {
    @Bean
    PushMetrics pushMetrics(MeterRegistry registry, Clock clock) {
        return new PushMetrics(registry, clock);
    }

    @Bean
    PushSessions pushSessions(PushMetrics metrics) {
        return metrics::sessions;
    }

    @Bean
    SocketSessionRegistry pushSessionRegistry(
            SocketLimits limits, @Value("${parley.limits.enabled:true}") boolean limitsEnabled) {
        return new SocketSessionRegistry(
                limits.socketsPerUser(), limitsEnabled ? limits.waitingPerAddress() : Integer.MAX_VALUE);
    }

    @Bean
    LiveFrames liveFrames(TextProtection protection, KeyedHash hash, Epoch epoch) {
        return new LiveFrames(new EntryRenderer(protection), new FrameCodec(), new CursorCodec(hash, epoch));
    }

    @Bean
    AxonReadModel pushReadModel(QueryGateway queries, PushProperties properties) {
        return new AxonReadModel(queries, properties.maxAttachQueries());
    }

    @Bean
    ReadReceipts readReceipts(UserRelationships relations, BlockPolicy blocks) {
        return new ReadReceipts(relations, blocks);
    }

    @Bean
    EndedLogins endedLogins() {
        return new EndedLogins();
    }

    @Bean
    Fanout fanout(
            PushProperties properties,
            LiveFrames frames,
            SocketSessionRegistry registry,
            EndedLogins ended,
            UserRelationships relations,
            BlockPolicy blocks,
            ReadReceipts receipts,
            DevicePresenceTracker presences,
            PresenceSubscriptions board,
            PushMetrics metrics) {
        LiveEventBuffer ring = new LiveEventBuffer(
                properties.ringEvents(), properties.ringSize().toBytes());
        AccountEventListener accounts = new AccountEventListener(registry, ended, relations, presences, board);
        return new Fanout(ring, frames, accounts, board, receipts, blocks, metrics);
    }

    @Bean
    DeviceRegistry deviceRegistry() {
        return new InProcessDeviceRegistry();
    }

    @Bean
    DevicePresenceTracker presences(
            DeviceRegistry registry,
            CommandDispatcher commands,
            QueueProperties queue,
            PushProperties properties,
            PushMetrics metrics,
            Clock clock) {
        PresenceCommands told = new PresenceCommands(
                commands.withTimeout(queue.commandTimeout()), virtualThreads("parley-presence"), metrics);
        return new DevicePresenceTracker(
                registry, told::send, properties.node(), properties.offlineAfterSeconds(), clock, System::nanoTime);
    }

    @Bean
    PresenceSubscriptions presenceBoard(
            PresenceModel readModel, LiveFrames frames, SocketSessionRegistry sessions, BlockPolicy blocks) {
        return new PresenceSubscriptions(readModel, frames, sessions, blocks, virtualThreads("parley-presence"));
    }

    @Bean
    PresenceRecovery presenceRecovery(
            PresenceModel readModel,
            DevicePresenceTracker presences,
            Fanout fanout,
            ActivityVault vault,
            PushProperties properties) {
        return new PresenceRecovery(readModel, presences, fanout, vault, properties.node());
    }

    private static Executor virtualThreads(String name) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
    }

    @Bean
    FeedPump feedPump(EventFeed feed, Fanout fanout, FanoutBackpressure backpressure) {
        return new FeedPump(feed, fanout, backpressure);
    }

    @Bean
    Sweeper pushSweeper(
            SocketSessionRegistry registry, DevicePresenceTracker presences, PresenceSubscriptions board, Clock clock) {
        return new Sweeper(registry, presences, board, clock);
    }

    @Bean
    ConnectionDrain pushDrain(
            SocketSessionRegistry registry, ConversationCommandQueue lanes, PushProperties properties) {
        return new ConnectionDrain(registry, lanes, properties);
    }

    @Bean
    PushTier pushTier(
            PushProperties properties,
            SocketLimits limits,
            @Value("${parley.limits.enabled:true}") boolean limitsEnabled,
            KeyedHash hash,
            Epoch epoch,
            LiveFrames frames,
            JwtDecoder tokens,
            EndedLogins ended,
            Fanout fanout,
            CatchUpReader readModel,
            CommandDispatcher commands,
            QueueProperties queue,
            ConversationCommandQueue lanes,
            LoginVault logins,
            SocketSessionRegistry registry,
            DevicePresenceTracker presences,
            PresenceSubscriptions board,
            PushMetrics metrics,
            Clock clock) {
        return new PushTier(
                properties,
                limits,
                new RateLimits(limits, limitsEnabled),
                new FrameCodec(),
                new CursorCodec(hash, epoch),
                epoch,
                frames,
                new TokenVerifier(tokens, ended),
                fanout,
                readModel,
                commands.withTimeout(queue.commandTimeout()),
                lanes,
                logins,
                registry,
                presences,
                board,
                metrics,
                clock,
                virtualThreads("parley-session"));
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> sockets(PushTier tier, ConnectionDrain drain) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.insertHandler(new SocketEndpoint(tier, drain, server));
            SocketConnector.install(server);
        });
    }
}
