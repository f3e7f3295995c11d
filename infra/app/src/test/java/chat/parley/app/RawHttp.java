package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends HTTP requests byte by byte, well-formed or not. */
final class RawHttp {
    private static final int PATIENCE_MS = 40_000;

    private RawHttp() {}

    /** The answer. */
    record Answer(int status, String head, String body) {
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** The code of the problem; empty if the answer is none. */
        String code() {
            try {
                JsonNode problem = ApiClient.JSON.readTree(body);
                return header("Content-Type").startsWith("application/problem+json")
                                && problem.path("status").asInt() == status
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
            return read(new BufferedInputStream(socket.getInputStream()), isHead(request));
        } catch (IOException e) {
            throw new AssertionError("No answer to " + beginning(request), e);
        }
    }

    private static boolean isHead(byte[] request) {
        return beginning(request).startsWith("HEAD ");
    }

    static String beginning(byte[] request) {
        return new String(request, 0, Math.min(request.length, 300), StandardCharsets.ISO_8859_1);
    }

    private static Answer read(InputStream in, boolean bodiless) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return new Answer(0, "", "");
        }
        Answer answer = new Answer(Integer.parseInt(head.substring(9, 12)), head, "");
        if (bodiless || answer.status() < 200 || answer.status() == 204 || answer.status() == 304) {
            return answer;
        }
        return new Answer(answer.status(), head, new String(body(in, answer), StandardCharsets.UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            head.write(read);
            if (read == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] body(InputStream in, Answer answer) throws IOException {
        String length = answer.header("Content-Length");
        if (!length.isEmpty()) {
            return in.readNBytes(Integer.parseInt(length));
        }
        if (!answer.header("Transfer-Encoding").equals("chunked")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            in.readNBytes(2);
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.isEmpty() ? 0 : Integer.parseInt(line.toString().strip(), 16);
    }
}
