package chat.parley.push.replay;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.push.socket.SocketHandler;
import chat.parley.push.socket.Transport;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.CloseReason;
import chat.parley.wire.Decoded;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a replay. {@code hello} has the ticket as its token; the answers are {@code welcome}, the frames that the
 * member received ({@code entry}, {@code read}, {@code state}) and {@code goaway}. The socket sends nothing into a conversation.
 *
 * <p>Threading: one virtual thread waits for {@code hello}, plays and ends the socket. The thread that reads the socket
 * answers the other frames.
 */
final class ReplaySocket implements SocketHandler {
    static final LoginSessionId SESSION = new LoginSessionId("replay");

    private static final Logger log = LoggerFactory.getLogger(ReplaySocket.class);
    private static final FrameCodec CODEC = new FrameCodec();

    /** So much is written ahead of a slow reader. */
    private static final long AHEAD_BYTES = 256 * 1024;

    /** A client that reads nothing for so long is closed. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final Transport transport;
    private final OutboundQueue outbound;
    private final ReplaySocketFactory shared;
    private final CompletableFuture<ClientFrame.Hello> hello = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    ReplaySocket(Transport transport, ReplaySocketFactory shared) {
        this.transport = transport;
        this.shared = shared;
        this.outbound = new OutboundQueue(
                transport,
                shared.maxQueuedBytes(),
                shared.metrics().queuedBytes(),
                () -> end(CloseReason.SLOW_CONSUMER));
    }

    /** Plays the replay of the socket's ticket, and ends the socket. */
    void run() {
        try {
            ClientFrame.Hello greeting = hello.get(shared.helloTimeout().toNanos(), TimeUnit.NANOSECONDS);
            Optional<Replay> replay = shared.tickets().redeem(greeting.token());
            if (replay.isEmpty()) {
                refuse(greeting.ref(), Refusal.TOKEN_INVALID);
                end(CloseReason.UNAUTHENTICATED);
                return;
            }
            send(shared.hellos().welcome(SESSION, replay.get().user()));
            if (greeting.ref() != null) {
                send(new ServerFrame.Ack(greeting.ref(), null, null, null));
            }
            if (shared.player().play(replay.get(), new Screen())) {
                send(new ServerFrame.Goaway("replay-ended", 0, null));
                end(CloseReason.REPLAY_ENDED);
            } else {
                end(CloseReason.SLOW_CONSUMER);
            }
        } catch (TimeoutException silent) {
            end(CloseReason.HELLO_TIMEOUT);
        } catch (InterruptedException stopped) {
            end(CloseReason.DRAINING);
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException failed) {
            log.warn("A replay failed, so its socket is closed: {}", ExceptionSummary.describe(failed));
            end(CloseReason.INTERNAL);
        } finally {
            shared.closed();
        }
    }

    /** Shows entries and read marks as fast as the client reads. */
    private final class Screen implements ReplayPlayer.Listener {
        @Override
        public boolean pause(Duration pause) throws InterruptedException {
            return !ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public boolean show(RecordedEntry entry) throws InterruptedException {
            return show(shared.frames().entry(entry));
        }

        @Override
        public boolean show(ReadMarkEvent mark) throws InterruptedException {
            return show(shared.frames().readMark(mark));
        }

        private boolean show(byte[] frame) throws InterruptedException {
            outbound.send(frame);
            return outbound.awaitAtMost(AHEAD_BYTES, READ_TIMEOUT);
        }
    }

    private void send(ServerFrame frame) {
        outbound.send(shared.frames().of(frame));
    }

    private void refuse(@Nullable String ref, Refusal refusal) {
        shared.metrics().refused(refusal);
        send(ServerFrame.ErrorFrame.of(ref, refusal, refusal.title()));
    }

    private void end(CloseReason reason) {
        outbound.close();
        transport.close(reason);
        ended.countDown();
    }

    @Override
    public void bytesReceived() {}

    @Override
    public void textReceived(String text) {
        switch (CODEC.decode(text)) {
            case Decoded.Rejected rejected -> refuse(rejected.ref(), rejected.refusal());
            case Decoded.Frame frame -> received(frame.frame());
        }
        transport.demand();
    }

    private void received(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Hello greeting -> {
                if (!hello.complete(greeting)) {
                    refuse(greeting.ref(), Refusal.HELLO_REPEATED);
                }
            }
            case ClientFrame.Heartbeat _ -> outbound.offer(shared.frames().of(new ServerFrame.Heartbeat()));
            default -> refuse(frame.ref(), hello.isDone() ? Refusal.FORBIDDEN : Refusal.HELLO_REQUIRED);
        }
    }

    @Override
    public void binaryReceived() {
        refuse(null, Refusal.BINARY_FRAME);
        transport.demand();
    }

    @Override
    public void oversizedTextReceived() {
        refuse(null, Refusal.PAYLOAD_TOO_LARGE);
        end(CloseReason.FRAME_TOO_LARGE);
    }

    @Override
    public void closed() {
        outbound.close();
        ended.countDown();
    }
}
