package chat.parley.search.history.engine;

import chat.parley.embedded.elasticsearch.EmbeddedSearch;
import chat.parley.embedded.elasticsearch.EmbeddedSearchConfiguration;
import chat.parley.testing.TcpProxy;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The Elasticsearch that Parley runs, for tests. */
public final class RealElasticsearch implements AutoCloseable {
    private static final Path ARCHIVE = Path.of(
            Objects.requireNonNull(System.getProperty("parley.test.search-archive"), "parley.test.search-archive"));
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RESPONSE = Duration.ofSeconds(30);

    private final Path data;
    private final ConfigurableApplicationContext context;
    private final SearchConnection connection;
    private final ElasticsearchClient client;

    private RealElasticsearch(Path data) {
        this.data = data;
        this.context = new SpringApplicationBuilder(EmbeddedSearchConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "parley.data-dir",
                        data.toString(),
                        "parley.embedded.binaries-dir",
                        ARCHIVE.resolveSibling("unpacked").toString(),
                        "parley.embedded.search-archive",
                        ARCHIVE.toString(),
                        "spring.main.banner-mode",
                        "off"))
                .run();
        EmbeddedSearch search = context.getBean(EmbeddedSearch.class);
        this.connection =
                new SearchConnection(search.address(), search.username(), search.password(), search.certificate());
        this.client = ElasticsearchClients.connect(connection, CONNECT, RESPONSE);
    }

    /** One server for all tests of this JVM; each test uses its own index names. */
    public static RealElasticsearch shared() {
        return Shared.SERVER;
    }

    /** A server that a test may kill; it may not answer yet. */
    public static RealElasticsearch launch(Path data) {
        return new RealElasticsearch(data);
    }

    public RealElasticsearch awaitUp() {
        Awaitility.await().atMost(START).pollDelay(Duration.ZERO).until(this::answers);
        return this;
    }

    public ElasticsearchClient client() {
        return client;
    }

    public SearchConnection connection() {
        return connection;
    }

    /** A client whose connections go through this proxy. */
    public ElasticsearchClient client(TcpProxy proxy) {
        URI there = connection.address();
        URI here = URI.create(there.getScheme() + "://" + there.getHost() + ":" + proxy.port());
        return ElasticsearchClients.connect(
                new SearchConnection(here, connection.username(), connection.password(), connection.caCertificate()),
                CONNECT,
                Duration.ofSeconds(10));
    }

    public URI uri() {
        return connection.address();
    }

    @FunctionalInterface
    public interface Request<T> {
        T send() throws IOException;
    }

    /** The answer to a request that is not to fail. */
    public static <T> T answer(Request<T> request) {
        try {
            return request.send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of all indexes and logs that contain these bytes in UTF-8. */
    public List<Path> filesWith(String text) {
        byte[] sought = text.getBytes(StandardCharsets.UTF_8);
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(data.resolve("elasticsearch"), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (contains(file, sought)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                // Another test may merge or remove its index meanwhile.
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    return skipIfGone(failure);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    return failure == null ? FileVisitResult.CONTINUE : skipIfGone(failure);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static FileVisitResult skipIfGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static boolean contains(Path file, byte[] sought) throws IOException {
        try {
            // One character per byte.
            return Files.isRegularFile(file)
                    && Files.readString(file, StandardCharsets.ISO_8859_1)
                            .contains(new String(sought, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException merged) {
            return false;
        }
    }

    /** Kills the server, which is restarted automatically. */
    public void kill() {
        process().destroyForcibly();
        process().onExit().join();
    }

    /** The server, which is not a child of this JVM. */
    public ProcessHandle process() {
        try {
            String pid = Files.readString(data.resolve("elasticsearch").resolve("elasticsearch.pid"));
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        context.close();
    }

    private boolean answers() {
        try {
            return client.cluster().health().status() != HealthStatus.Red;
        } catch (IOException | ElasticsearchException notYet) {
            return false;
        }
    }

    private static final class Shared {
        static final RealElasticsearch SERVER = new RealElasticsearch(directory()).awaitUp();

        private static Path directory() {
            try {
                return Files.createTempDirectory("parley-search");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
