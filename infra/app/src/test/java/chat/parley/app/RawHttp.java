package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.http.HttpTester;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends HTTP requests byte by byte, well-formed or not. */
final class RawHttp {
    private static final int PATIENCE_MS = 40_000;

    private RawHttp() {}

    /** @param response null if the connection ended without an answer */
    record Answer(HttpTester.@Nullable Response response) {
        int status() {
            return response == null ? 0 : response.getStatus();
        }

        String body() {
            return response == null ? "" : new String(response.getContentBytes(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response == null ? "" : Objects.requireNonNullElse(response.get(name), "");
        }

        /** The code of the problem; empty if the answer is none. */
        String code() {
            try {
                JsonNode problem = ApiClient.JSON.readTree(body());
                return header("Content-Type").startsWith("application/problem+json")
                                && problem.path("status").asInt() == status()
                        ? problem.path("code").asString()
                        : "";
            } catch (JacksonException noJson) {
                return "";
            }
        }
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        return socket;
    }

    /** One byte per char. */
    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends a request and reads one answer, or everything until the connection ends. */
    static Answer exchange(int port, byte[] request) {
        try (Socket socket = connect(port)) {
            try {
                socket.getOutputStream().write(request);
            } catch (IOException refusedMeanwhile) {
                assertThat(refusedMeanwhile).hasMessageMatching("(?i).*(pipe|reset|abort).*");
            }
            HttpTester.Input in = HttpTester.from(socket.getInputStream());
            return new Answer(HttpTester.parseResponse(in, beginning(request).startsWith("HEAD ")));
        } catch (IOException e) {
            throw new AssertionError("No answer to " + beginning(request), e);
        }
    }

    static String beginning(byte[] request) {
        return new String(request, 0, Math.min(request.length, 300), StandardCharsets.ISO_8859_1);
    }
}
