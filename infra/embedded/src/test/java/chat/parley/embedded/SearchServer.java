package chat.parley.embedded;

import chat.parley.embedded.elasticsearch.EmbeddedSearch;
import chat.parley.embedded.elasticsearch.EmbeddedSearchConfiguration;
import chat.parley.testing.SharedLogging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.ConfigurableApplicationContext;

/** Elasticsearch as the application starts it. */
record SearchServer(ConfigurableApplicationContext context, Path dataDir, HttpClient http) implements AutoCloseable {

    static final String ARCHIVE = "parley.test.search-archive";

    static final int NICENESS = 2;

    static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-Dparley.test=of Elasticsearch");

    static final String DOCUMENT = "/parley-kept/_doc/one";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /** A Parley that has stored {@link #DOCUMENT}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (SearchServer server = SearchServer.start(Path.of(args[0])).awaitUp()) {
            server.put("/parley-kept", "{}");
            server.put(DOCUMENT, "{\"word\": \"안녕\"}");
            OtherParley.stayReady(server.process().pid());
        }
    }

    static SearchServer start(Path dataDir) {
        Path archive = archive();
        SharedLogging.configure();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(EmbeddedSearchConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "parley.data-dir", dataDir.toString(),
                        "parley.embedded.binaries-dir",
                                archive.resolveSibling("unpacked").toString(),
                        "parley.embedded.search-archive", archive.toString(),
                        "spring.main.banner-mode", "off"))
                .run(
                        "--parley.embedded.search-niceness=" + NICENESS,
                        "--parley.embedded.search-jvm-options=" + String.join(",", JVM_OPTIONS));
        SslBundle trusted = SslBundle.of(new PemSslStoreBundle(
                null,
                PemSslStoreDetails.forCertificate(
                        context.getBean(EmbeddedSearch.class).certificate())));
        HttpClient http =
                HttpClient.newBuilder().sslContext(trusted.createSslContext()).build();
        return new SearchServer(context, dataDir, http);
    }

    static Path archive() {
        return Path.of(Objects.requireNonNull(System.getProperty(ARCHIVE), ARCHIVE));
    }

    SearchServer awaitUp() {
        Awaitility.await()
                .atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/_cluster/health?wait_for_status=yellow", password())
                                .statusCode()
                        == 200);
        return this;
    }

    String password() {
        return context.getBean(EmbeddedSearch.class).password();
    }

    HttpResponse<String> get(String path, String password) throws IOException, InterruptedException {
        return http.send(request(path, password).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        return http.send(
                request(path, password())
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The server, which is not a child of this JVM. */
    ProcessHandle process() {
        try {
            String pid = Files.readString(dataDir.resolve("elasticsearch").resolve("elasticsearch.pid"));
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }

    private HttpRequest.Builder request(String path, String password) {
        EmbeddedSearch search = context.getBean(EmbeddedSearch.class);
        byte[] both = (search.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(search.address().resolve(path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }
}
