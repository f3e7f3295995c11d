package chat.parley.command.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** Clients that send byte by byte lose their connection; slow clients above the minimum rate do not. */
@TestPropertySource(
        properties = {
            "parley.limits.connections.grace=2s",
            "parley.limits.connections.min-rate=500B",
            "parley.limits.connections.max-per-address=20"
        })
class SlowClientsTest extends ServerTest {
    private static final String HEAD = "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n";
    private static final String BODY = HEAD + "Content-Type: application/json\r\n";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Of each, the part that is sent at once, and then the part that is sent byte by byte. */
    private static final List<String> SENT = List.of(
            "|\r\n",
            "G|x",
            HEAD + "|X",
            HEAD + "X: |y",
            BODY + "Content-Length: 1000000\r\n\r\n{|\"",
            BODY + "Transfer-Encoding: chunked\r\n\r\n|1\r\nx\r\n",
            BODY + "Transfer-Encoding: chunked\r\n\r\nFFFFF\r\n{|\"");

    /** All at once, because each is disconnected only after the grace. */
    @Test
    void clientsThatSendByteByByteAreDisconnected() throws IOException {
        Map<String, Socket> connected = new HashMap<>();
        try {
            for (String sent : SENT) {
                Socket socket = open();
                connected.put(sent, socket);
                socket.getOutputStream().write(parts(sent)[0].getBytes(ISO_8859_1));
            }
            Set<String> served = new HashSet<>(SENT);
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> {
                        served.removeIf(sent -> isCutOff(Objects.requireNonNull(connected.get(sent)), parts(sent)[1]));
                        assertThat(served).isEmpty();
                    });
        } finally {
            for (Socket socket : connected.values()) {
                socket.close();
            }
        }
    }

    private static String[] parts(String sent) {
        return sent.split("\\|", 2);
    }

    /** The end of the stream or an answer: in both cases the server closes the connection. */
    private static boolean isCutOff(Socket socket, String drop) {
        try {
            socket.getOutputStream().write(drop.getBytes(ISO_8859_1));
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void aHugeBodyIsRefusedByTheLengthItAnnounces() throws IOException {
        try (Socket socket = open()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write((BODY + "Content-Length: 9000000000\r\n\r\n{").getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Content-Length: 4\r\nContent-Length: 5",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity"
            })
    void aRequestWithAnAmbiguousLengthIsRefusedAndItsConnectionCloses(String framing) throws IOException {
        try (Socket socket = open()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            String smuggled = "GET /api/v1/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write((BODY + framing + "\r\n\r\n0\r\n\r\n" + smuggled).getBytes(ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(all).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1");
        }
    }

    @Test
    void aSlowClientAboveTheMinimumRateIsServed() throws IOException {
        String body = "{\"username\":\"nobody-there\",\"password\":\"x\",\"device\":\"d\",\"pad\":\""
                + "x".repeat(6_000) + "\"}";
        try (Socket socket = open()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write((BODY + "Content-Length: " + body.length() + "\r\n\r\n").getBytes(ISO_8859_1));
            // Takes three times the grace, above the minimum rate.
            List<String> pieces = new ArrayList<>();
            for (int i = 0; i < body.length(); i += 500) {
                pieces.add(body.substring(i, Math.min(body.length(), i + 500)));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        socket.getOutputStream().write(pieces.removeFirst().getBytes(ISO_8859_1));
                        return pieces.isEmpty();
                    });
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void theConnectionsOfOneAddressAreLimited() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                open.add(open());
            }
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(open.stream().filter(SlowClientsTest::isOpen))
                            .hasSizeBetween(10, 20));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        // Closed connections no longer count.
        Awaitility.await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> somebody());
    }

    private static boolean isOpen(Socket socket) {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException silent) {
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("localhost", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(50);
        return socket;
    }
}
