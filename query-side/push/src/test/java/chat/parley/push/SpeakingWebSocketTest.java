package chat.parley.push;

import static chat.parley.push.RawSocket.CLOSE;
import static chat.parley.push.RawSocket.CONTINUATION;
import static chat.parley.push.RawSocket.PING;
import static chat.parley.push.RawSocket.PONG;
import static chat.parley.push.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The requirements of RFC 6455 for servers that well-behaved clients do not test. */
@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "parley.limits.enabled=false")
class SpeakingWebSocketTest {
    private static final byte[] HELLO =
            "{\"type\":\"hello\",\"ref\":\"안녕\",\"device\":\"raw\",\"token\":\"ann:raw:raw:600\"}".getBytes(UTF_8);

    @LocalServerPort
    private int port;

    @Test
    void theHandshakeIsAnsweredWithItsKeyTheSubprotocolAndNoExtension() throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            socket.write(RawSocket.HANDSHAKE.getBytes(ISO_8859_1));
            assertThat(socket.readHead().lines())
                    .startsWith("HTTP/1.1 101 Switching Protocols")
                    .contains(
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                            "Sec-WebSocket-Protocol: parley.v1.json",
                            "Upgrade: websocket",
                            "Connection: Upgrade")
                    .noneMatch(line -> line.startsWith("Sec-WebSocket-Extensions"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 12, 426",
        "Upgrade: websocket, Upgrade: h2c, 426",
        "GET /ws, POST /ws, 426",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X-No-Key: 1, 400",
        "'other, parley.v1.json', other, 400"
    })
    void aMalformedHandshakeIsRefused(String right, String wrong, int status) throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            socket.write(RawSocket.HANDSHAKE.replace(right, wrong).getBytes(ISO_8859_1));
            assertThat(socket.readHead()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void framesMayPrecedeTheAnswerToTheHandshake() throws IOException {
        try (RawSocket socket = new RawSocket(port)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(RawSocket.HANDSHAKE.getBytes(ISO_8859_1));
            bytes.writeBytes(RawSocket.masked(TEXT, true, HELLO));
            bytes.writeBytes(RawSocket.masked(PING, true, new byte[0]));
            socket.write(bytes.toByteArray());
            socket.readHead();
            assertThat(socket.read().text()).contains("\"welcome\"");
        }
    }

    @Test
    void aFragmentedTextIsOneTextAlsoWithControlFramesBetween() throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            int withinACharacter = new String(HELLO, ISO_8859_1).indexOf("ref") + 7;
            socket.send(TEXT, false, Arrays.copyOf(HELLO, withinACharacter));
            socket.send(PING, true, "are you there?".getBytes(UTF_8));
            socket.send(CONTINUATION, false, new byte[0]);
            socket.send(PONG, true, "nobody asked".getBytes(UTF_8));
            socket.send(CONTINUATION, true, Arrays.copyOfRange(HELLO, withinACharacter, HELLO.length));

            RawSocket.Received pong = socket.read();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("are you there?");
            assertThat(socket.read().text()).contains("\"welcome\"");
            assertThat(socket.read().text()).contains("\"ack\"", "안녕");
        }
    }

    @Test
    void aFrameMayComeByteByByte() throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            for (byte one : RawSocket.masked(TEXT, true, HELLO)) {
                socket.write(new byte[] {one});
            }
            assertThat(socket.read().text()).contains("\"welcome\"");
        }
    }

    @Test
    void invalidUtf8ClosesTheSocket() throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            socket.send(TEXT, true, new byte[] {'"', (byte) 0xc3, '"'});
            assertThat(socket.read().closeCode()).isEqualTo(1007);
            assertThat(socket.isAtItsEnd()).isTrue();
        }
    }

    @Test
    void theReplacementCharacterIsValidText() throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            socket.send(TEXT, true, "{\"type\":\"\uFFFD\"}".getBytes(UTF_8));
            assertThat(socket.read().text()).contains("unknown-frame-type");
        }
    }

    @Test
    void aCloseIsAnsweredWithItsOwnCode() throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            socket.send(CLOSE, true, new byte[] {0x0f, (byte) 0xa1, 'b', 'y', 'e'});
            RawSocket.Received answer = socket.read();
            assertThat(answer.opcode()).isEqualTo(CLOSE);
            assertThat(answer.closeCode()).isEqualTo(4001);
            assertThat(socket.isAtItsEnd()).isTrue();
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredWithoutOne() throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            socket.send(CLOSE, true, new byte[0]);
            RawSocket.Received answer = socket.read();
            assertThat(answer.opcode()).isEqualTo(CLOSE);
            assertThat(answer.payload().remaining()).isZero();
            assertThat(socket.isAtItsEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "81 02 7b 7d, a frame that is not masked",
        "c1 80 37 fa 21 3d, a reserved bit",
        "83 80 37 fa 21 3d, an opcode that there is not",
        "80 80 37 fa 21 3d, a continuation of nothing",
        "09 80 37 fa 21 3d, a ping in pieces",
        "01 80 37 fa 21 3d 81 80 37 fa 21 3d, a text within a text",
        "89 fe 00 7e 37 fa 21 3d 00, a ping too long",
        "88 81 37 fa 21 3d 00, a close with half a code",
        "88 82 00 00 00 00 03 ed, a close with a code that is never sent"
    })
    void aProtocolErrorClosesTheSocket(String hex, String what) throws IOException {
        try (RawSocket socket = RawSocket.upgraded(port)) {
            byte[] frame = new byte[(hex.length() + 1) / 3];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) Integer.parseInt(hex.substring(3 * i, 3 * i + 2), 16);
            }
            socket.write(frame);
            assertThat(socket.read().closeCode()).as(what).isEqualTo(1002);
            assertThat(socket.isAtItsEnd()).as(what).isTrue();
        }
    }
}
