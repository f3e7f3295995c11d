package chat.parley.push.session;

import chat.parley.api.Refusal;
import chat.parley.api.RetryAdvice;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends the answers to the frames of one socket, from any thread. */
final class FrameReplies {
    private final OutboundQueue outbound;
    private final FrameEncoder frames;
    private final PushMetrics metrics;
    private final RateLimits.OfSocket rates;
    private final Consumer<CloseReason> end;

    FrameReplies(
            OutboundQueue outbound,
            FrameEncoder frames,
            PushMetrics metrics,
            RateLimits.OfSocket rates,
            Consumer<CloseReason> end) {
        this.outbound = outbound;
        this.frames = frames;
        this.metrics = metrics;
        this.rates = rates;
        this.end = end;
    }

    void send(ServerFrame frame) {
        outbound.send(frames.of(frame));
    }

    /** Sends a frame that may be dropped when the client reads slowly. */
    void offer(ServerFrame frame) {
        outbound.offer(frames.of(frame));
    }

    /** Answers with an {@code error} if there is a refusal, otherwise with an {@code ack} if the frame had a ref. */
    void answer(@Nullable String ref, Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            refuse(ref, refusal.get());
        } else if (ref != null) {
            send(new ServerFrame.Ack(ref, null, null, null));
        }
    }

    /** Refuses a frame that a correct client never sends; a client that sends too many of them is closed. */
    void reject(@Nullable String ref, Refusal refusal) {
        refuse(ref, refusal);
        if (rates.isAbusive()) {
            end.accept(CloseReason.RATE_LIMITED);
        }
    }

    /** Refuses a frame that a correct client may send, such as a message to a group that its user was removed from. */
    void refuse(@Nullable String ref, Refusal refusal) {
        refuse(ref, refusal, refusal == Refusal.OUTCOME_UNKNOWN ? RetryAdvice.ANYTHING_ELSE.detail() : refusal.title());
    }

    void refuse(@Nullable String ref, Refusal refusal, String detail) {
        metrics.refused(refusal);
        send(ServerFrame.ErrorFrame.of(ref, refusal, detail));
    }
}
