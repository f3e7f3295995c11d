package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver of OpenTelemetry's protocol over HTTP gets what the server exports. */
class TracingTest {
    private static final int MESSAGES = 30;
    private static final String TEXT = "nobody but the reader sees this";

    private final List<ExportTraceServiceRequest> exported = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", this::receive);
        receiver.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exported.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private ParleyServer startServer(String... more) {
        return ParleyServer.start(Stream.concat(
                        Stream.of(
                                "management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:"
                                        + receiver.getAddress().getPort() + "/v1/traces",
                                "management.opentelemetry.tracing.export.schedule-delay=100ms",
                                "management.tracing.sampling.probability=1",
                                "parley.limits.enabled=false"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void theWayOfAMessageIsOneTraceWithoutItsText() {
        try (ParleyServer server = startServer("parley.tracing.enabled=true")) {
            TestUser alice = server.newPerson();
            TestUser bob = server.newPerson();
            String conversation = alice.startDirect(bob);
            Map<String, Object> message = TestUser.message(conversation, TEXT);
            try (SocketClient atAlice = alice.connect();
                    SocketClient atBob = bob.connect()) {
                atAlice.ask(message);
                atBob.awaitEntry("message");
            }
            Awaitility.await().until(() -> spans().size() >= 5);
            Map<String, Span> byName = spans().stream().collect(Collectors.toMap(Span::getName, Function.identity()));
            assertThat(byName).containsOnlyKeys("message.send frame", "command", "append", "projection", "delivery");
            assertThat(byName.values().stream().map(Span::getTraceId).distinct())
                    .hasSize(1);
            assertThat(named(byName, "message.send frame").getParentSpanId().isEmpty())
                    .isTrue();
            assertParent(byName, "command", "message.send frame");
            assertParent(byName, "append", "command");
            assertParent(byName, "projection", "append");
            assertParent(byName, "delivery", "append");
            assertThat(exported.toString())
                    .doesNotContain(
                            TEXT,
                            alice.username,
                            alice.id,
                            bob.id,
                            conversation,
                            (String) message.get("clientMessageId"),
                            alice.accessToken());
        }
    }

    @Test
    void aCommandWithSeveralMessagesLinksToTheirTraces() {
        try (ParleyServer server = startServer("parley.tracing.enabled=true")) {
            TestUser alice = server.newPerson();
            String conversation = alice.startDirect(server.newPerson());
            List<Map<String, Object>> messages = IntStream.range(0, MESSAGES)
                    .mapToObj(_ -> TestUser.message(conversation, TEXT))
                    .toList();
            try (SocketClient socket = alice.connect()) {
                messages.forEach(socket::send);
                messages.forEach(socket::answerTo);
            }
            for (String name : List.of("message.send frame", "append", "projection", "delivery")) {
                Awaitility.await().until(() -> traces(name).size() == MESSAGES);
            }
            List<Span> commands = spans().stream()
                    .filter(span -> span.getName().equals("command"))
                    .toList();
            int links = commands.stream().mapToInt(Span::getLinksCount).sum();
            assertThat(links).isPositive();
            assertThat(commands.size() + links).isEqualTo(MESSAGES);
        }
    }

    /** The traces that have a span of this name. */
    private Set<ByteString> traces(String name) {
        return spans().stream()
                .filter(span -> span.getName().equals(name))
                .map(Span::getTraceId)
                .collect(Collectors.toSet());
    }

    @Test
    void anOperatorMayLetSpansNameConversationAndMessage() {
        try (ParleyServer server = startServer("parley.tracing.enabled=true", "parley.tracing.ids=true")) {
            TestUser alice = server.newPerson();
            String conversation = alice.startDirect(server.newPerson());
            try (SocketClient socket = alice.connect()) {
                socket.ask(TestUser.message(conversation, TEXT));
            }
            Awaitility.await().until(() -> exported.toString().contains(conversation));
            assertThat(exported.toString()).doesNotContain(TEXT, alice.id);
        }
    }

    @Test
    void withoutTheSettingNothingIsExported() {
        try (ParleyServer server = startServer()) {
            TestUser alice = server.newPerson();
            TestUser bob = server.newPerson();
            String conversation = alice.startDirect(bob);
            try (SocketClient atAlice = alice.connect();
                    SocketClient atBob = bob.connect()) {
                atAlice.ask(TestUser.message(conversation, TEXT));
                atBob.awaitEntry("message");
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("BatchSpanProcessor") || name.contains("otlp"));
        }
        assertThat(exported).isEmpty();
    }

    private List<Span> spans() {
        return exported.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    private static void assertParent(Map<String, Span> spans, String child, String parent) {
        assertThat(named(spans, child).getParentSpanId())
                .isEqualTo(named(spans, parent).getSpanId());
    }

    private static Span named(Map<String, Span> spans, String name) {
        return Objects.requireNonNull(spans.get(name), name);
    }
}
