package chat.parley.push;

import chat.parley.api.ActivityVault;
import chat.parley.api.BlockPolicy;
import chat.parley.api.Epoch;
import chat.parley.api.EventFeed;
import chat.parley.api.KeyedHash;
import chat.parley.api.LoginVault;
import chat.parley.api.Relations;
import chat.parley.api.TextProtection;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The push tier: {@code /ws} on this node's web server, which must be Jetty. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PushProperties.class, SocketLimits.class})
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
    SessionRegistry pushSessionRegistry(
            SocketLimits limits, @Value("${parley.limits.enabled:true}") boolean limitsEnabled) {
        return new SessionRegistry(
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
    ReadReceipts readReceipts(Relations relations, BlockPolicy blocks) {
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
            SessionRegistry registry,
            EndedLogins ended,
            Relations relations,
            BlockPolicy blocks,
            ReadReceipts receipts,
            Presences presences,
            PresenceBoard board,
            PushMetrics metrics) {
        Ring ring = new Ring(properties.ringEvents(), properties.ringSize().toBytes());
        AccountWatch accounts = new AccountWatch(registry, ended, relations, presences, board);
        return new Fanout(ring, frames, accounts, board, receipts, blocks, metrics);
    }

    @Bean
    DeviceRegistry deviceRegistry() {
        return new InProcessDeviceRegistry();
    }

    @Bean
    Presences presences(
            DeviceRegistry registry, Commands commands, PushProperties properties, PushMetrics metrics, Clock clock) {
        PresenceCommands told = new PresenceCommands(commands, virtualThreads("parley-presence"), metrics);
        return new Presences(
                registry, told::send, properties.node(), properties.offlineAfterSeconds(), clock, System::nanoTime);
    }

    @Bean
    PresenceBoard presenceBoard(
            PresenceModel readModel, LiveFrames frames, SessionRegistry sessions, BlockPolicy blocks) {
        return new PresenceBoard(readModel, frames, sessions, blocks, virtualThreads("parley-presence"));
    }

    @Bean
    PresenceRecovery presenceRecovery(
            PresenceModel readModel,
            Presences presences,
            Fanout fanout,
            ActivityVault vault,
            PushProperties properties) {
        return new PresenceRecovery(readModel, presences, fanout, vault, properties.node());
    }

    private static Executor virtualThreads(String name) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
    }

    @Bean
    Headway headway(PushProperties properties) {
        return new Headway(properties.fanoutGrace(), properties.fanoutPatience());
    }

    @Bean
    FeedPump feedPump(EventFeed feed, Fanout fanout, Headway headway) {
        return new FeedPump(feed, fanout, headway);
    }

    @Bean
    Commands pushCommands(CommandGateway gateway, PushProperties properties) {
        return new Commands(gateway, properties.commandTimeout());
    }

    @Bean
    CommandLanes commandLanes(Commands commands, Headway headway, PushProperties properties) {
        return new CommandLanes(commands, headway, properties.commandTimeout());
    }

    @Bean
    Sweeper pushSweeper(SessionRegistry registry, Presences presences, PresenceBoard board, Clock clock) {
        return new Sweeper(registry, presences, board, clock);
    }

    @Bean
    Drain pushDrain(SessionRegistry registry, CommandLanes lanes, PushProperties properties) {
        return new Drain(registry, lanes, properties);
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
            ReadModel readModel,
            Commands commands,
            CommandLanes lanes,
            LoginVault logins,
            SessionRegistry registry,
            Presences presences,
            PresenceBoard board,
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
                commands,
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
    WebServerFactoryCustomizer<JettyServletWebServerFactory> sockets(PushTier tier, Drain drain) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.insertHandler(new SocketEndpoint(tier, drain, server));
            SocketConnector.install(server);
        });
    }
}
