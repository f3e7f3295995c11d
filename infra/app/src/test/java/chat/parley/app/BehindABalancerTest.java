package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

/** Nodes of different roles behind the HAProxy of infra/haproxy, with TLS. Skipped where there is no haproxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BehindABalancerTest {
    private static final Path CONFIGURATION = Path.of("..", "haproxy", "haproxy.cfg");
    private static final String PASSWORD = "changeit";
    private static final int SIGN_UPS = 20;

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final int plainPort = TestSocketUtils.findAvailableTcpPort();
    private @Nullable SharedEngines engines;
    private @Nullable ParleyServer one;
    private @Nullable ParleyServer two;
    private @Nullable ParleyServer three;
    private @Nullable Process balancer;
    private HttpClient https = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        InstalledProgram.require("haproxy");
        engines = SharedEngines.start();
        one = ParleyServer.start(engines.settings(node("one", "audit,api,command,projection")));
        two = ParleyServer.start(engines.settings(node("two", "push,api,command")));
        three = ParleyServer.start(engines.settings(node("three", "push,command,notify")));
        Path store = directory.resolve("certificate.p12");
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "balancer",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        KeyStore certificate = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        https = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        balancer = startBalancer(directory, certificate, List.of(two, three), List.of(one, two), one);
        await().ignoreExceptions()
                .atMost(Duration.ofMinutes(1))
                .until(() -> get("/readyz").statusCode() == 200);
    }

    private static String[] node(String name, String roles) {
        return new String[] {
            "parley.push.node=" + name,
            "parley.roles=" + roles,
            "parley.http.trusted-proxies=127.0.0.1,::1",
            "parley.limits.rest.sign-ups-per-minute-per-address=" + SIGN_UPS
        };
    }

    /** The configuration as it is, with the addresses of this test. Names are those of containers there. */
    private Process startBalancer(
            Path directory,
            KeyStore certificate,
            List<ParleyServer> sockets,
            List<ParleyServer> requests,
            ParleyServer audit)
            throws Exception {
        String configuration = Files.readString(CONFIGURATION)
                .replace("bind :80\n", "bind 127.0.0.1:" + plainPort + "\n")
                .replace("bind :443 ", "bind 127.0.0.1:" + port + " ")
                .replace("server-template push 20 \"${PARLEY_PUSH}\" resolvers names init-addr none", servers(sockets))
                .replace("server-template api 20 \"${PARLEY_API}\" resolvers names init-addr none", servers(requests))
                .replace("resolvers names init-addr none", "");
        assertThat(configuration).doesNotContain("${PARLEY_PUSH}", "${PARLEY_API}");
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        Path pem = Files.writeString(
                directory.resolve("certificate.pem"),
                pem("CERTIFICATE", certificate.getCertificate("balancer").getEncoded())
                        + pem(
                                "PRIVATE KEY",
                                certificate
                                        .getKey("balancer", PASSWORD.toCharArray())
                                        .getEncoded()));
        ProcessBuilder starting = new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile());
        starting.environment().put("PARLEY_CERTIFICATE", pem.toString());
        starting.environment().put("PARLEY_AUDIT", "127.0.0.1:" + audit.port());
        return starting.start();
    }

    private static String servers(List<ParleyServer> nodes) {
        return nodes.stream()
                .map(node -> "server node" + node.port() + " 127.0.0.1:" + node.port())
                .collect(Collectors.joining("\n  "));
    }

    private static String pem(String type, byte[] encoded) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("balancer", store.getCertificate("balancer"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            output.readAllBytes();
        }
        assertThat(process.waitFor()).isZero();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (balancer != null) {
            balancer.destroy();
            balancer.waitFor(10, TimeUnit.SECONDS);
        }
        for (AutoCloseable each : new AutoCloseable[] {three, two, one, engines}) {
            close(each);
        }
    }

    private static void close(@Nullable AutoCloseable closeable) {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @Order(1)
    void plainRequestsAreSentToTls() throws Exception {
        HttpResponse<String> answer = https.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + plainPort + "/c/1"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("location"))
                .hasValueSatisfying(
                        to -> assertThat(to).startsWith("https://localhost").endsWith("/c/1"));
        assertThat(get("/").headers().firstValue("strict-transport-security")).isPresent();
    }

    @Test
    @Order(2)
    void clientsOfBothNodesTalkWithEachOther() throws Exception {
        List<TestUser> clients =
                Stream.generate(() -> TestUser.signUp(balanced())).limit(4).toList();
        assertThat(clients.getFirst().webSocketUrl()).isEqualTo("wss://localhost:" + port + "/ws");
        String group = clients.getFirst().startGroup(clients.subList(1, 4).toArray(TestUser[]::new));
        Set<String> nodes = new TreeSet<>();
        List<SocketClient> sockets = new ArrayList<>();
        try {
            for (TestUser client : clients) {
                SocketClient socket = client.open();
                sockets.add(socket);
                socket.send(client.hello(Map.of()));
                nodes.add(socket.await("welcome").get("node").asString());
                socket.await("caught-up");
            }
            assertThat(nodes).containsExactly("three", "two");

            for (SocketClient socket : sockets) {
                assertThat(socket.ask(TestUser.message(group, "through the balancer"))
                                .path("type")
                                .asString())
                        .isEqualTo("ack");
            }
            for (SocketClient socket : sockets) {
                for (int i = 0; i < clients.size() - 1; i++) {
                    assertThat(socket.awaitEntry("message").get("text").asString())
                            .isEqualTo("through the balancer");
                }
            }
        } finally {
            sockets.forEach(SocketClient::close);
        }
    }

    @Test
    @Order(3)
    void theLogAlwaysAnswersFromTheNodeThatHasIt() throws Exception {
        // The first checkpoint follows the first events.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/transparency/checkpoint").statusCode() == 200);
        for (int i = 0; i < 10; i++) {
            assertThat(get("/transparency/checkpoint").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Order(4)
    void aForgedAddressOfAClientDoesNotCount() throws Exception {
        Set<Integer> answers = new TreeSet<>();
        for (int i = 0; i <= 2 * SIGN_UPS; i++) {
            String account = ApiClient.JSON.writeValueAsString(Map.of(
                    "username",
                    "forger" + i + "-" + System.nanoTime(),
                    "password",
                    TestUser.PASSWORD,
                    "displayName",
                    "Person"));
            answers.add(balanced()
                    .send("POST", "/accounts", account, "application/json", "X-Forwarded-For", "203.0.113." + i)
                    .response()
                    .statusCode());
        }
        assertThat(answers).contains(429);
    }

    @Test
    @Order(5)
    void aNodeThatStopsIsNotAskedAnyMore() throws Exception {
        close(two);
        two = null;
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            for (int i = 0; i < 20; i++) {
                if (get("/livez").statusCode() != 200) {
                    return false;
                }
            }
            return true;
        });
    }

    private ApiClient balanced() {
        return new ApiClient(https, "https://localhost:" + port, null);
    }

    private HttpResponse<String> get(String path) {
        return balanced().get(path).response();
    }
}
