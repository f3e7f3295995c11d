package chat.parley.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.push.socket.Transport;
import chat.parley.wire.CloseReason;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket whose reader reads at once, or not before it is told to. */
final class FakeTransport implements Transport {
    private static final FrameCodec CODEC = new FrameCodec();

    private final List<ServerFrame> frames = new ArrayList<>();
    private final Deque<Runnable> unread = new ArrayDeque<>();
    private boolean reading = true;
    private @Nullable CloseReason closed;
    private int demands;

    synchronized void stopReading() {
        reading = false;
    }

    void readAll() {
        List<Runnable> done;
        synchronized (this) {
            reading = true;
            done = List.copyOf(unread);
            unread.clear();
        }
        done.forEach(Runnable::run);
    }

    @Override
    public void send(ByteBuffer utf8, boolean more, Runnable done) {
        synchronized (this) {
            frames.add(CODEC.decodeServerFrame(UTF_8.decode(utf8).toString()).orElseThrow());
            if (!reading) {
                unread.add(done);
                return;
            }
        }
        done.run();
    }

    synchronized List<ServerFrame> frames() {
        return List.copyOf(frames);
    }

    <T> List<T> frames(Class<T> type) {
        return frames().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void ping(Runnable answered) {
        answered.run();
    }

    @Override
    public synchronized void demand() {
        demands++;
    }

    synchronized int demands() {
        return demands;
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closed = reason;
    }

    synchronized @Nullable CloseReason closed() {
        return closed;
    }

    @Override
    public void abort() {}
}
