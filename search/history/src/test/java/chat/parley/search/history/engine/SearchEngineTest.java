package chat.parley.search.history.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEngineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SearchEngine real =
            new SearchEngine(RealElasticsearch.shared().client());

    @Test
    void isOffWithoutAConfiguration() {
        SearchEngine off = new SearchEngine(null);

        assertRefused(off::require, Refusal.SEARCH_OFF);
        assertRefused(() -> off.attempt(client -> client.cluster().health()), Refusal.SEARCH_OFF);
    }

    @Test
    void isStartingUntilItIsInitialized() {
        AtomicBoolean ready = new AtomicBoolean();
        EngineInitializer preparation = engine -> {
            if (!ready.get()) {
                throw new Refused(Refusal.SEARCH_UNAVAILABLE);
            }
        };
        EngineMonitor watch = EngineMonitor.start(real, List.of(preparation));
        try {
            assertRefused(real::require, Refusal.SEARCH_STARTING);

            ready.set(true);

            Awaitility.await().atMost(LIMIT).until(() -> real.state() == SearchEngine.State.UP);
            assertThat(real.<Boolean>ask(client -> client.cluster().health().timedOut()))
                    .isFalse();
        } finally {
            watch.close();
        }
    }

    @Test
    void isUnavailableWhileElasticsearchDoesNotAnswer() throws IOException {
        HttpServer healthy = healthy(0);
        int port = healthy.getAddress().getPort();
        try (ElasticsearchClient client = connect(port)) {
            SearchEngine engine = new SearchEngine(client);
            EngineMonitor watch = EngineMonitor.start(engine, List.of());
            try {
                Awaitility.await().atMost(LIMIT).until(() -> engine.state() == SearchEngine.State.UP);

                healthy.stop(0);
                Awaitility.await().atMost(LIMIT).until(() -> engine.state() == SearchEngine.State.UNAVAILABLE);
                assertRefused(engine::require, Refusal.SEARCH_UNAVAILABLE);

                healthy = healthy(port);
                Awaitility.await().atMost(LIMIT).until(() -> engine.state() == SearchEngine.State.UP);
            } finally {
                watch.close();
            }
        } finally {
            healthy.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void isUnavailableIfElasticsearchIsOverloaded(int status) throws IOException {
        HttpServer busy =
                answering(0, status, "{\"error\":{\"type\":\"busy\",\"reason\":\"secret\"},\"status\":" + status + "}");
        try (ElasticsearchClient client = connect(busy.getAddress().getPort())) {
            assertRefused(
                    () -> new SearchEngine(client).attempt(it -> it.cluster().health()), Refusal.SEARCH_UNAVAILABLE);
        } finally {
            busy.stop(0);
        }
    }

    @Test
    void isUnavailableAfterATimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ElasticsearchClient client = ElasticsearchClients.connect(
                        connection(silent.getLocalPort()), PATIENCE, Duration.ofMillis(100))) {
            assertRefused(
                    () -> new SearchEngine(client).attempt(it -> it.cluster().health()), Refusal.SEARCH_UNAVAILABLE);
        }
    }

    @Test
    void hidesTheErrorMessagesOfElasticsearch() {
        assertThatThrownBy(() -> real.attempt(client -> client.search(
                        search -> search.index("parley-no-such-index")
                                .query(query -> query.queryString(string -> string.query("a secret AND ("))),
                        Void.class)))
                .isInstanceOfSatisfying(EngineRejected.class, rejected -> {
                    assertThat(rejected.status()).isEqualTo(404);
                    assertThat(rejected.type()).isEqualTo("index_not_found_exception");
                })
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }

    private static void assertRefused(ThrowingCallable asked, Refusal refusal) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static ElasticsearchClient connect(int port) {
        return ElasticsearchClients.connect(connection(port), PATIENCE, PATIENCE);
    }

    private static SearchConnection connection(int port) {
        return new SearchConnection(URI.create("http://127.0.0.1:" + port), null, null, null);
    }

    private static HttpServer healthy(int port) throws IOException {
        return answering(port, 200, """
                {"cluster_name":"parley","status":"green","timed_out":false,"number_of_nodes":1,"number_of_data_nodes":1,
                 "active_primary_shards":0,"active_shards":0,"relocating_shards":0,"initializing_shards":0,
                 "unassigned_shards":0,"unassigned_primary_shards":0,"delayed_unassigned_shards":0,
                 "number_of_pending_tasks":0,"number_of_in_flight_fetch":0,"task_max_waiting_in_queue_millis":0,
                 "active_shards_percent_as_number":100.0}
                """);
    }

    private static HttpServer answering(int port, int status, String json) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders()
                        .add("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9");
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
