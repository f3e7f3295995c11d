package chat.parley.app;

import chat.parley.testing.SharedLogging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole application in this JVM, with embedded engines, a free port and its own data directory. */
final class ParleyServer implements AutoCloseable {
    /** How long tests wait for anything: beside a build on the same machine, everything takes long. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path dataDir;
    private final boolean ownsData;
    private final ConfigurableApplicationContext context;

    private ParleyServer(Path dataDir, boolean ownsData, List<String> settings) {
        this(dataDir, ownsData, Clock.systemUTC(), settings);
    }

    private ParleyServer(Path dataDir, boolean ownsData, Clock clock, List<String> settings) {
        this.dataDir = dataDir;
        this.ownsData = ownsData;
        SharedLogging.configure();
        this.context = new SpringApplicationBuilder(ParleyApplication.class)
                .initializers((GenericApplicationContext starting) ->
                        starting.registerBean("testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
                .run(arguments(dataDir, settings).toArray(String[]::new));
    }

    /** The command line of a server with these settings. */
    static List<String> arguments(Path dataDir, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--parley.data-dir=" + dataDir,
                "--parley.auth.password-memory=64KB",
                "--parley.auth.password-iterations=1"));
        settings.forEach(setting -> arguments.add("--" + setting));
        return arguments;
    }

    /** Locked by tests that rebuild the read model of {@link #shared()}: one rebuild may be under way at a time. */
    static final String REBUILD = "rebuild of the shared server";

    /** A server shared by tests until the JVM ends, without rate limits. */
    static ParleyServer shared() {
        return Shared.SERVER;
    }

    /** Another shared server, with an Elasticsearch. Chat works before search does, which is awaited. */
    static ParleyServer sharedWithSearch() {
        return SharedWithSearch.SERVER;
    }

    static ParleyServer start(String... settings) {
        try {
            return new ParleyServer(Files.createTempDirectory("parley-test"), true, List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ParleyServer startOn(Path dataDir, String... settings) {
        return new ParleyServer(dataDir, false, List.of(settings));
    }

    /** A server whose clock is another one. */
    static ParleyServer startOn(Path dataDir, Clock clock, String... settings) {
        return new ParleyServer(dataDir, false, clock, List.of(settings));
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    Path dataDir() {
        return dataDir;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Signs up and logs in a new user. */
    TestUser newPerson() {
        return TestUser.signUp(port());
    }

    @Override
    public void close() {
        context.close();
        if (ownsData) {
            try {
                FileSystemUtils.deleteRecursively(dataDir);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ParleyServer untilTheEnd() {
        // Spring runs it after it has closed the server. A hook of the JVM would run while Spring stops PostgreSQL, and
        // the server would wait for its database.
        SpringApplication.getShutdownHandlers().add(this::close);
        return this;
    }

    private static final class Shared {
        static final ParleyServer SERVER = start("parley.limits.enabled=false").untilTheEnd();
    }

    private ParleyServer awaitSearch() {
        ApiClient early = newPerson().rest;
        ApiClient.Answer first = early.get("/search?q=early");
        // On a slow machine, both may have started meanwhile.
        if (first.response().statusCode() != 200) {
            first.expectProblem(503, "search-starting");
        }
        Awaitility.await()
                .atMost(START_LIMIT)
                .until(() -> early.get("/search?q=early").response().statusCode() == 200);
        return this;
    }

    private static final class SharedWithSearch {
        static final ParleyServer SERVER = start(
                        "parley.limits.enabled=false",
                        "parley.embedded.search-archive=" + System.getProperty("parley.test.search-archive"))
                .untilTheEnd()
                .awaitSearch();
    }
}
