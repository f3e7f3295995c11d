package chat.parley.testing;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket client whose received frames wait in their order. */
public abstract class FrameSocket<F> implements AutoCloseable {
    private final LinkedBlockingDeque<F> frames = new LinkedBlockingDeque<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Duration patience;
    private final WebSocket socket;

    /**
     * @param decoder answers nothing for frames to leave out
     * @param reads   whether it reads more than its first frame
     */
    protected FrameSocket(
            WebSocket.Builder builder,
            String url,
            Duration patience,
            Function<String, Optional<F>> decoder,
            boolean reads) {
        this.patience = patience;
        this.socket = inTime(builder.buildAsync(URI.create(url), new Listener(decoder, reads)));
    }

    private <T> T inTime(CompletableFuture<T> future) {
        return future.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).join();
    }

    public final void sendText(String text) {
        inTime(socket.sendText(text, true));
    }

    /** Sends, if the socket still takes it. */
    public final void offerText(String text) {
        var _ = socket.sendText(text, true).exceptionally(_ -> socket).join();
    }

    public final void sendBinary(byte[] bytes) {
        inTime(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    public final String subprotocol() {
        return socket.getSubprotocol();
    }

    /** The next frame; empty if none comes in this time. */
    public final Optional<F> poll(Duration atMost) {
        try {
            return Optional.ofNullable(frames.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next frame that is wanted. */
    protected final F next(Predicate<F> wanted, String what, Consumer<List<F>> onPassed) {
        List<F> passed = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            F frame = poll(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))
                    .orElseThrow(() -> new AssertionError("No " + what + " came; closed: " + closed.getNow(0)
                            + "; passed over: "
                            + passed.stream().map(this::describe).toList()));
            if (wanted.test(frame)) {
                onPassed.accept(passed);
                return frame;
            }
            passed.add(frame);
        }
    }

    /** What a failure tells of a frame that was not wanted: no texts. */
    protected abstract String describe(F frame);

    /** They are the next ones again. */
    protected final void putBack(List<F> passed) {
        passed.reversed().forEach(frames::addFirst);
    }

    public final int awaitClose() {
        return inTime(closed);
    }

    public final boolean isClosed() {
        return closed.isDone();
    }

    /** Drops the connection without a close frame. */
    @Override
    public final void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final Function<String, Optional<F>> decoder;
        private final boolean reads;
        private final StringBuilder text = new StringBuilder();

        Listener(Function<String, Optional<F>> decoder, boolean reads) {
            this.decoder = decoder;
            this.reads = reads;
        }

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                decoder.apply(text.toString()).ifPresent(frames::add);
                text.setLength(0);
            }
            if (reads || !last) {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(1006);
        }
    }
}
