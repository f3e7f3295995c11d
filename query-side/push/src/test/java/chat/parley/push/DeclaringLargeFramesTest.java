package chat.parley.push;

import static chat.parley.push.RawSocket.CLOSE;
import static chat.parley.push.RawSocket.CONTINUATION;
import static chat.parley.push.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.CloseReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The head of a frame may declare any length. It closes the socket or waits for its payload, and never allocates the
 * declared memory.
 */
@SpringBootTest(
        classes = TestNode.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "parley.limits.enabled=false",
            "parley.push.hello-timeout=3s",
            "parley.push.offline-after-seconds=4",
            "parley.push.heartbeat-seconds=1"
        })
@Isolated
class DeclaringLargeFramesTest {
    private static final long MB = 1 << 20;

    /** 48 sockets declare more than a hundred times this much. The JVM and the test itself use less meanwhile. */
    private static final long TOLERATED = 100 * MB;

    private static final long[] LENGTHS = {
        0, 125, 126, 65_535, 65_536, 300 * MB, 700 * MB, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final int OPCODES = 16;
    private static final int FIRST_CONTROL = 8;
    private static final int LAST_CONTROL = 10;
    private static final int LONGEST_CONTROL = 125;
    private static final int SENT = 126;
    private static final int PROTOCOL_ERROR = 1002;

    @LocalServerPort
    private int port;

    /** @param rsv the three reserved bits */
    private record Head(int opcode, boolean fin, int rsv, boolean masked, long length) {
        byte[] bytes() {
            ByteBuffer head = ByteBuffer.allocate(14).put((byte) ((fin ? 0x80 : 0) | rsv << 4 | opcode));
            int mask = masked ? 0x80 : 0;
            if (length >= 0 && length <= LONGEST_CONTROL) {
                head.put((byte) (mask | length));
            } else if (length >= 0 && length < 1 << Short.SIZE) {
                head.put((byte) (mask | 126)).putShort((short) length);
            } else {
                head.put((byte) (mask | 127)).putLong(length);
            }
            if (masked) {
                head.putInt(0);
            }
            byte[] bytes = new byte[head.flip().remaining()];
            head.get(bytes);
            return bytes;
        }

        boolean isControl() {
            return opcode >= FIRST_CONTROL && opcode <= LAST_CONTROL;
        }

        boolean isReserved() {
            return opcode > 2 && !isControl();
        }

        /** Whether the whole payload is sent. */
        boolean isWhole() {
            return length >= 0 && length <= SENT;
        }

        byte[] payload() {
            return new byte[length < 0 ? SENT : (int) Math.min(SENT, length)];
        }

        boolean breaksTheProtocol() {
            return isReserved()
                    || rsv != 0
                    || !masked
                    || opcode == CONTINUATION
                    || (isControl() && (!fin || length > LONGEST_CONTROL));
        }

        /** The opcode is checked first; other parts may be checked only when the whole frame was received. */
        boolean endsAtOnce() {
            return isReserved() || (isWhole() && breaksTheProtocol());
        }
    }

    private static Stream<Head> heads() {
        return IntStream.range(0, OPCODES)
                .boxed()
                .flatMap(opcode -> Stream.of(0, 4, 2, 1)
                        .flatMap(rsv -> Stream.of(true, false)
                                .flatMap(masked -> IntStream.range(0, LENGTHS.length)
                                        .mapToObj(i -> new Head(opcode, i % 2 == 0, rsv, masked, LENGTHS[i])))));
    }

    @Test
    void aProtocolErrorClosesTheSocketBeforeHello() throws IOException {
        for (Head head : heads().filter(Head::endsAtOnce).toList()) {
            try (RawSocket socket = RawSocket.upgraded(port)) {
                begin(socket, head);
                assertThat(closeCode(socket)).as("%s", head).isEqualTo(PROTOCOL_ERROR);
            }
        }
    }

    @Test
    void aProtocolErrorClosesTheSocketAfterHello() throws IOException {
        int device = 0;
        for (Head head : heads().filter(Head::endsAtOnce)
                .filter(head -> head.masked() && head.rsv() == 0)
                .toList()) {
            try (RawSocket socket = greeted("ann", "d" + device++)) {
                begin(socket, head);
                assertThat(closeCode(socket)).as("%s", head).isEqualTo(PROTOCOL_ERROR);
            }
        }
    }

    /** The rest of these frames may still come. A client that does not send it counts as silent. */
    @Test
    void anUnfinishedFrameEndsWithItsTimeout() throws IOException {
        List<Head> begun = heads().filter(head -> head.masked() && head.rsv() == 0 && !head.isWhole())
                .toList();
        List<RawSocket> strangers = new ArrayList<>();
        List<RawSocket> known = new ArrayList<>();
        try {
            for (Head head : begun) {
                strangers.add(begin(RawSocket.upgraded(port), head));
                known.add(begin(greeted("ben", "begun" + known.size()), head));
            }
            for (int i = 0; i < begun.size(); i++) {
                assertThat(closeCode(strangers.get(i)))
                        .as("%s", begun.get(i))
                        .isIn(PROTOCOL_ERROR, CloseReason.FRAME_TOO_LARGE.code(), CloseReason.HELLO_TIMEOUT.code());
                assertThat(closeCode(known.get(i)))
                        .as("%s", begun.get(i))
                        .isIn(PROTOCOL_ERROR, CloseReason.FRAME_TOO_LARGE.code(), CloseReason.SILENT.code());
            }
        } finally {
            close(strangers);
            close(known);
        }
    }

    @Test
    void theDeclaredLengthIsNotAllocated() throws IOException {
        List<Head> much = heads().filter(head -> head.masked() && head.rsv() == 0 && head.length() >= 300 * MB)
                .toList();
        byte[] some = new byte[16 << 10];
        long before = inUse();
        long residentBefore = resident();
        List<RawSocket> sockets = new ArrayList<>();
        try {
            for (Head head : much) {
                RawSocket socket = begin(RawSocket.upgraded(port), head);
                sockets.add(socket);
                if (!head.isReserved() && !head.isControl()) {
                    socket.write(some);
                }
            }
            assertThat(inUse() - before).isLessThan(TOLERATED);
            assertThat(resident() - residentBefore).isLessThan(TOLERATED);
        } finally {
            close(sockets);
        }
    }

    private static RawSocket begin(RawSocket socket, Head head) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(head.bytes());
        frame.writeBytes(head.payload());
        socket.write(frame.toByteArray());
        return socket;
    }

    private RawSocket greeted(String user, String device) throws IOException {
        RawSocket socket = RawSocket.upgraded(port);
        String hello = "{\"type\":\"hello\",\"device\":\"%s\",\"token\":\"%s:%s:%s:600\"}"
                .formatted(device, user, device, device);
        socket.send(TEXT, true, hello.getBytes(UTF_8));
        assertThat(socket.read().text()).contains("\"welcome\"");
        return socket;
    }

    /** Skips the frames before the close frame. */
    private static int closeCode(RawSocket socket) throws IOException {
        while (true) {
            RawSocket.Received frame = socket.read();
            if (frame.opcode() == CLOSE) {
                return frame.closeCode();
            }
        }
    }

    private static void close(List<RawSocket> sockets) throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }

    /** Memory on the heap after a collection, and in direct buffers. */
    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    /** The resident memory of the process; 0 if the system does not report it. */
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
