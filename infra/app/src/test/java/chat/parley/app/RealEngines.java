package chat.parley.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Axon Server, MongoDB and PostgreSQL: those named by the environment, or containers that end with this JVM. Named ones
 * may contain data of earlier runs, if the three belong together and PARLEY_TEST_FILES names the directory of those runs.
 */
final class RealEngines {
    static final String WHY_NOT = "There is no Docker here to start Axon Server, MongoDB and PostgreSQL in, and"
            + " PARLEY_TEST_AXON_SERVER, PARLEY_TEST_MONGODB_URI and PARLEY_TEST_POSTGRES_URL do not name them";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int AXON_SERVER_HTTP = 8024;
    private static final int AXON_SERVER_GRPC = 8124;
    private static final int MONGODB = 27017;
    private static final int POSTGRES = 5432;
    private static final String PASSWORD = "only-for-this-test";

    private RealEngines() {}

    /** Referenced from annotations, so that a run without engines is reported as skipped. */
    static boolean areThere() {
        return named() || DockerClientFactory.instance().isDockerAvailable();
    }

    /** A server on these engines. Its commands and queries go through Axon Server, as between several nodes. */
    static ParleyServer startParley() {
        List<String> settings = new ArrayList<>(Engines.SETTINGS);
        settings.add("parley.engines=server");
        settings.add("parley.vault.key-file=" + Engines.FILES.resolve("vault.keys"));
        settings.add("parley.transparency.directory=" + Engines.FILES.resolve("transparency"));
        settings.add("management.server.port=0");
        settings.add("parley.limits.enabled=false");
        // A small number, so that conversations are loaded from snapshots.
        settings.add("parley.commands.snapshot-every=20");
        settings.add("axon.axonserver.shortcut-queries-to-local-handlers=false");
        return ParleyServer.start(settings.toArray(String[]::new));
    }

    private static boolean named() {
        return env("AXON_SERVER") != null && env("MONGODB_URI") != null && env("POSTGRES_URL") != null;
    }

    private static @Nullable String env(String name) {
        return System.getenv("PARLEY_TEST_" + name);
    }

    private static final class Engines {
        /** The files that belong to the engines' data, of all servers on it. */
        static final Path FILES = files();

        static final List<String> SETTINGS = named() ? ofTheEnvironment() : inContainers();

        private static Path files() {
            String named = env("FILES");
            try {
                return named == null ? Files.createTempDirectory("parley-real-engines") : Path.of(named);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> ofTheEnvironment() {
            List<String> settings = new ArrayList<>();
            Map.of(
                            "AXON_SERVER", "axon.axonserver.servers",
                            "MONGODB_URI", "spring.mongodb.uri",
                            "POSTGRES_URL", "spring.datasource.url",
                            "POSTGRES_USERNAME", "spring.datasource.username",
                            "POSTGRES_PASSWORD", "spring.datasource.password")
                    .forEach((name, property) -> {
                        String value = env(name);
                        if (value != null) {
                            settings.add(property + "=" + value);
                        }
                    });
            return settings;
        }

        private static List<String> inContainers() {
            GenericContainer<?> axonServer = container("axoniq/axonserver:2025.2.7", AXON_SERVER_GRPC)
                    .withEnv("AXONIQ_AXONSERVER_STANDALONE", "true")
                    .withExposedPorts(AXON_SERVER_GRPC, AXON_SERVER_HTTP)
                    .waitingFor(Wait.forHttp("/actuator/health").forPort(AXON_SERVER_HTTP));
            GenericContainer<?> mongo = container("mongo:8.0", MONGODB).waitingFor(Wait.forListeningPort());
            GenericContainer<?> postgres = container("postgres:17", POSTGRES)
                    .withEnv("POSTGRES_USER", "parley")
                    .withEnv("POSTGRES_PASSWORD", PASSWORD)
                    // The first of the two starts initializes the database.
                    .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\n", 2));
            List.of(axonServer, mongo, postgres)
                    .forEach(container ->
                            container.withStartupTimeout(START_LIMIT).start());
            return List.of(
                    "axon.axonserver.servers=" + address(axonServer, AXON_SERVER_GRPC),
                    "spring.mongodb.uri=mongodb://" + address(mongo, MONGODB) + "/parley",
                    "spring.datasource.url=jdbc:postgresql://" + address(postgres, POSTGRES) + "/parley",
                    "spring.datasource.username=parley",
                    "spring.datasource.password=" + PASSWORD);
        }

        @SuppressWarnings("resource") // ended by Testcontainers, after this JVM
        private static GenericContainer<?> container(String image, int port) {
            return new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(port);
        }

        private static String address(GenericContainer<?> container, int port) {
            return container.getHost() + ":" + container.getMappedPort(port);
        }
    }
}
