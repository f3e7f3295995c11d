package chat.parley.app;

import chat.parley.api.process.Role;
import chat.parley.api.process.StartupFailure;
import chat.parley.app.role.ConfiguredRoles;
import chat.parley.eventprocessing.feed.Retry;
import com.mongodb.ConnectionString;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.backoff.FixedBackOff;

/**
 * With {@code parley.engines=server}, waits until each engine answers, before anything of Parley is started. The
 * engines of one machine start in any order, and Parley needs all of them but Elasticsearch to start.
 */
final class EnginesInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Logger log = LoggerFactory.getLogger(EnginesInitializer.class);

    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!"server".equals(environment.getProperty("parley.engines"))) {
            return;
        }
        boolean readSide = ConfiguredRoles.in(environment).hasAny(EnumSet.complementOf(EnumSet.of(Role.SEARCH)));
        Duration limit = Binder.get(environment)
                .bind("parley.engines-wait", Duration.class)
                .orElse(DEFAULT_LIMIT);
        remoteEngines(environment)
                .filter(engine -> readSide || !(engine instanceof RemoteMongo))
                .forEach(engine -> await(engine, limit));
    }

    /** The engines whose addresses are set. A missing address is reported by the module that needs it. */
    private static Stream<RemoteEngine> remoteEngines(Environment environment) {
        Optional<RemoteEngine> postgres = text(environment, "spring.datasource.url")
                .map(url -> new RemotePostgres(
                        url,
                        environment.getProperty("spring.datasource.username", ""),
                        environment.getProperty("spring.datasource.password", "")));
        Optional<RemoteEngine> axonServer = text(environment, "axon.axonserver.servers")
                .map(servers -> new RemoteAxonServer(List.of(StringUtils.tokenizeToStringArray(servers, ","))));
        Optional<RemoteEngine> mongo =
                text(environment, "spring.mongodb.uri").map(uri -> new RemoteMongo(new ConnectionString(uri)));
        return Stream.of(postgres, axonServer, mongo).flatMap(Optional::stream);
    }

    private static Optional<String> text(Environment environment, String setting) {
        return Optional.ofNullable(environment.getProperty(setting)).filter(StringUtils::hasText);
    }

    /** @throws StartupFailure if the engine does not answer within the limit, or waiting cannot help */
    static void await(RemoteEngine engine, Duration limit) {
        Waiting waiting = new Waiting(engine, limit);
        Optional<Exception> unreachable;
        try {
            unreachable = Retry.until(
                    failure -> failure.isEmpty() || waiting.isOver(),
                    new FixedBackOff(PAUSE.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS),
                    waiting::attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("The wait for " + engine + " was interrupted", "", e);
        }
        unreachable.ifPresent(failure -> {
            throw new StartupFailure(
                    engine + " did not answer for " + limit.toSeconds() + " s: " + describe(failure),
                    "Start it, or correct " + engine.setting() + ". parley.engines-wait is how long Parley waits",
                    failure);
        });
    }

    /** The first sentence of the message. MongoDB's driver adds the state of the whole cluster. */
    private static String describe(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private static final class Waiting {
        private final RemoteEngine engine;
        private final Duration limit;
        private final long begin = System.nanoTime();
        private Duration told = BETWEEN_LINES.negated();

        Waiting(RemoteEngine engine, Duration limit) {
            this.engine = engine;
            this.limit = limit;
        }

        boolean isOver() {
            return waited().compareTo(limit) >= 0;
        }

        /** Empty if the engine answers. */
        Optional<Exception> attempt() {
            try {
                engine.ask();
            } catch (StartupFailure refused) {
                throw refused;
            } catch (Exception unreachable) {
                Duration waited = waited();
                if (waited.minus(told).compareTo(BETWEEN_LINES) >= 0) {
                    log.info(
                            "Waiting for {}, {} s of at most {} s: {}",
                            engine,
                            waited.toSeconds(),
                            limit.toSeconds(),
                            describe(unreachable));
                    told = waited;
                }
                return Optional.of(unreachable);
            }
            if (!told.isNegative()) {
                log.info("{} answers", engine);
            }
            return Optional.empty();
        }

        private Duration waited() {
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }
}
