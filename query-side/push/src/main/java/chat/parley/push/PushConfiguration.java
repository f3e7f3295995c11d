package chat.parley.push;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.node.NodeMessages;
import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.AggregateEvents;
import chat.parley.api.port.DeviceLeases;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.LoginVault;
import chat.parley.api.port.ReplayTickets;
import chat.parley.api.port.TextProtection;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.dispatch.DispatchConfiguration;
import chat.parley.dispatch.FanoutBackpressure;
import chat.parley.dispatch.PeriodicRounds;
import chat.parley.dispatch.QueueProperties;
import chat.parley.eventprocessing.feed.FeedFollower;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEventBuffer;
import chat.parley.push.fanout.CatchUpReader;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.FanoutFeedListener;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.ReadReceipts;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.push.presence.DeviceLeaseKeeper;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.DeviceRegistry;
import chat.parley.push.presence.InProcessDeviceRegistry;
import chat.parley.push.presence.LeasedDeviceRegistry;
import chat.parley.push.presence.PresenceCommands;
import chat.parley.push.presence.PresenceReader;
import chat.parley.push.presence.PresenceRecovery;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.push.replay.ReplayPlayer;
import chat.parley.push.replay.ReplaySocketFactory;
import chat.parley.push.session.AccountEventListener;
import chat.parley.push.session.ClientFrameDispatcher;
import chat.parley.push.session.ConnectedClients;
import chat.parley.push.session.ConnectionDrain;
import chat.parley.push.session.EndedLogins;
import chat.parley.push.session.HelloVerifier;
import chat.parley.push.session.LoginFrameHandler;
import chat.parley.push.session.PushProperties;
import chat.parley.push.session.RateLimits;
import chat.parley.push.session.SessionTimer;
import chat.parley.push.session.SocketRegistry;
import chat.parley.push.session.SocketSessionCount;
import chat.parley.push.session.SocketSessionFactory;
import chat.parley.push.session.SuccessorNodes;
import chat.parley.push.session.TokenVerifier;
import chat.parley.push.session.TypingExchange;
import chat.parley.push.socket.SocketConnector;
import chat.parley.push.socket.SocketEndpoint;
import chat.parley.push.socket.SocketLimits;
import chat.parley.web.problem.ProblemWriter;
import chat.parley.web.token.AccessTokenVerifier;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

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
    SocketSessionCount socketSessionCount(PushMetrics metrics) {
        return metrics::sessions;
    }

    @Bean
    SocketRegistry socketRegistry(SocketLimits limits, @Value("${parley.limits.enabled:true}") boolean limitsEnabled) {
        return new SocketRegistry(limitsEnabled ? limits.waitingPerAddress() : Integer.MAX_VALUE);
    }

    @Bean
    SubscriberRegistry subscriberRegistry(SocketLimits limits) {
        return new SubscriberRegistry(limits.socketsPerUser());
    }

    @Bean
    FrameEncoder frameEncoder(TextProtection protection, KeyedHash hash, Epoch epoch) {
        return new FrameEncoder(new EntryRenderer(protection), new FrameCodec(), new CursorCodec(hash, epoch));
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
            FrameEncoder frames,
            SubscriberRegistry subscribers,
            EndedLogins ended,
            UserRelationships relations,
            BlockPolicy blocks,
            ReadReceipts receipts,
            DevicePresenceTracker devices,
            PresenceSubscriptions presences,
            PushMetrics metrics,
            ObjectProvider<MessageTraces> traces) {
        LiveEventBuffer buffer = new LiveEventBuffer(
                properties.ringEvents(), properties.ringSize().toBytes());
        AccountEventListener accounts = new AccountEventListener(subscribers, ended, relations, devices, presences);
        return new Fanout(
                buffer,
                frames,
                accounts,
                presences,
                receipts,
                blocks,
                metrics,
                traces.getIfAvailable(() -> MessageTraces.OFF));
    }

    @Bean
    @ConditionalOnProperty(name = "parley.engines", havingValue = "embedded", matchIfMissing = true)
    DeviceRegistry deviceRegistry() {
        return new InProcessDeviceRegistry();
    }

    /** Presence and typing on a node that is one of several. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "parley.engines", havingValue = "server")
    static class OneOfSeveral {
        @Bean
        LeasedDeviceRegistry deviceRegistry(DeviceLeases leases, PushProperties properties) {
            return new LeasedDeviceRegistry(leases, properties.node() + "-" + UUID.randomUUID());
        }

        @Bean
        DeviceLeaseKeeper deviceLeaseKeeper(
                DeviceLeases leases,
                LeasedDeviceRegistry registry,
                DevicePresenceTracker devices,
                PushProperties properties) {
            return new DeviceLeaseKeeper(leases, registry, devices, properties.node());
        }

        @Bean
        TypingExchange typingExchange(NodeMessages nodes, Fanout fanout) {
            return new TypingExchange(nodes, fanout::typingElsewhere);
        }

        @Bean
        PeriodicRounds typingRounds(TypingExchange exchange) {
            return new PeriodicRounds("typing", TypingExchange.PAUSE, exchange::round);
        }

        @Bean
        PeriodicRounds deviceLeaseRounds(DeviceLeaseKeeper keeper) {
            return new PeriodicRounds("device-leases", DeviceLeaseKeeper.ROUND, keeper::round);
        }
    }

    @Bean
    DevicePresenceTracker devicePresenceTracker(
            DeviceRegistry registry,
            CommandDispatcher commands,
            QueueProperties queue,
            PushProperties properties,
            PushMetrics metrics,
            Clock clock) {
        PresenceCommands presenceCommands = new PresenceCommands(
                commands.withTimeout(queue.commandTimeout()), virtualThreads("parley-presence"), metrics);
        return new DevicePresenceTracker(
                registry,
                presenceCommands::send,
                properties.node(),
                properties.offlineAfterSeconds(),
                clock,
                System::nanoTime);
    }

    @Bean
    PresenceSubscriptions presenceSubscriptions(
            PresenceReader readModel, FrameEncoder frames, SubscriberRegistry subscribers, BlockPolicy blocks) {
        return new PresenceSubscriptions(readModel, frames, subscribers, blocks, virtualThreads("parley-presence"));
    }

    @Bean
    PresenceRecovery presenceRecovery(
            PresenceReader readModel,
            DevicePresenceTracker devices,
            Fanout fanout,
            ActivityVault vault,
            PushProperties properties,
            ObjectProvider<DeviceLeaseKeeper> lease) {
        return new PresenceRecovery(readModel, devices, fanout, vault, properties.node(), lease.getIfAvailable());
    }

    private static Executor virtualThreads(String name) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
    }

    @Bean
    FeedFollower fanoutFeedFollower(EventFeed feed, Fanout fanout, FanoutBackpressure backpressure) {
        return FanoutFeedListener.follower(feed, fanout, backpressure);
    }

    @Bean
    SessionTimer sessionTimer(
            SocketRegistry sockets, DevicePresenceTracker devices, PresenceSubscriptions presences, Clock clock) {
        return new SessionTimer(sockets, devices, presences, clock);
    }

    @Bean
    ConnectionDrain connectionDrain(
            SocketRegistry sockets,
            ConversationCommandQueue commands,
            PushProperties properties,
            ObjectProvider<SuccessorNodes> successors) {
        return new ConnectionDrain(sockets, commands, properties, successors.getIfAvailable(() -> _ -> List.of()));
    }

    @Bean
    TokenVerifier tokenVerifier(AccessTokenVerifier tokens, EndedLogins ended) {
        return new TokenVerifier(tokens, ended);
    }

    @Bean
    ConnectedClients connectedClients(
            SubscriberRegistry subscribers,
            Fanout fanout,
            CatchUpReader readModel,
            FrameEncoder frames,
            DevicePresenceTracker devices,
            PresenceSubscriptions presences,
            CommandDispatcher commands,
            QueueProperties queue,
            PushMetrics metrics) {
        return new ConnectedClients(
                subscribers,
                fanout,
                readModel,
                frames,
                devices,
                presences,
                commands.withTimeout(queue.commandTimeout()),
                virtualThreads("parley-session"),
                metrics);
    }

    @Bean
    LoginFrameHandler loginFrameHandler(
            TokenVerifier tokens, CommandDispatcher commands, QueueProperties queue, LoginVault logins, Clock clock) {
        return new LoginFrameHandler(tokens, commands.withTimeout(queue.commandTimeout()), logins, clock);
    }

    @Bean
    ClientFrameDispatcher clientFrameDispatcher(
            ConversationCommandQueue commands,
            Fanout fanout,
            DevicePresenceTracker devices,
            PresenceSubscriptions presences,
            LoginFrameHandler logins,
            SocketLimits limits,
            ObjectProvider<TypingExchange> typing,
            PushMetrics metrics,
            ObjectProvider<MessageTraces> traces) {
        TypingExchange exchange = typing.getIfAvailable();
        return new ClientFrameDispatcher(
                commands,
                fanout,
                devices,
                presences,
                logins,
                Duration.ofSeconds(limits.typingSeconds()),
                exchange == null ? (_, _) -> {} : exchange::passOn,
                metrics,
                traces.getIfAvailable(() -> MessageTraces.OFF),
                virtualThreads("parley-session"));
    }

    @Bean
    HelloVerifier helloVerifier(
            TokenVerifier tokens, KeyedHash hash, Epoch epoch, PushProperties properties, SocketLimits limits) {
        return new HelloVerifier(tokens, new CursorCodec(hash, epoch), epoch, properties, limits);
    }

    @Bean
    SocketSessionFactory socketSessionFactory(
            SocketRegistry sockets,
            HelloVerifier hellos,
            ConnectedClients clients,
            ClientFrameDispatcher dispatcher,
            SocketLimits limits,
            @Value("${parley.limits.enabled:true}") boolean limitsEnabled,
            FrameEncoder frames,
            PushMetrics metrics,
            PushProperties properties,
            Clock clock) {
        return new SocketSessionFactory(
                sockets,
                hellos,
                clients,
                dispatcher,
                new RateLimits(limits, limitsEnabled),
                frames,
                metrics,
                limits,
                properties,
                virtualThreads("parley-session"),
                clock);
    }

    /** Only where the audit side issues tickets. */
    @Bean
    @ConditionalOnBean(ReplayTickets.class)
    ReplaySocketFactory replaySocketFactory(
            ReplayTickets tickets,
            EntryLookup entries,
            AggregateEvents events,
            HelloVerifier hellos,
            FrameEncoder frames,
            PushMetrics metrics,
            PushProperties properties) {
        return new ReplaySocketFactory(
                tickets,
                new ReplayPlayer(entries, events),
                hellos,
                frames,
                metrics,
                properties,
                virtualThreads("parley-replay"));
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> sockets(
            SocketSessionFactory sessions,
            ObjectProvider<ReplaySocketFactory> replays,
            ConnectionDrain drain,
            ProblemWriter problems) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.insertHandler(new SocketEndpoint(SocketEndpoint.PATH, sessions, drain::hasBegun, problems, server));
            replays.ifAvailable(factory -> server.insertHandler(
                    new SocketEndpoint(SocketEndpoint.REPLAY_PATH, factory, drain::hasBegun, problems, server)));
            SocketConnector.install(server);
        });
    }
}
