package chat.parley.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A client that writes its frames by hand, wrong ones too. */
final class RawSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final String HANDSHAKE = """
            GET /ws HTTP/1.1\r
            Host: localhost\r
            Connection: keep-alive, Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Protocol: other, parley.v1.json\r
            Sec-WebSocket-Extensions: permessage-deflate\r
            \r
            """;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Socket socket;
    private final DataInputStream in;

    /** A frame of the server; it never sends fragments as short as what is read here. */
    record Received(int opcode, ByteBuffer payload) {
        String text() {
            return UTF_8.decode(payload.duplicate()).toString();
        }

        /** Of a close frame. */
        int closeCode() {
            return payload.getShort(0) & 0xffff;
        }
    }

    RawSocket(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new DataInputStream(socket.getInputStream());
    }

    static RawSocket upgraded(int port) throws IOException {
        RawSocket opened = new RawSocket(port);
        opened.write(HANDSHAKE.getBytes(ISO_8859_1));
        opened.readHead();
        return opened;
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(int opcode, boolean last, byte[] payload) throws IOException {
        write(masked(opcode, last, payload));
    }

    static byte[] masked(int opcode, boolean last, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) ((last ? FIN : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** The head of an HTTP response. */
    String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(ISO_8859_1);
    }

    Received read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return new Received(opcode, ByteBuffer.wrap(payload));
    }

    /** Whether the server has ended the connection, as opposed to sending more. */
    boolean isAtItsEnd() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
