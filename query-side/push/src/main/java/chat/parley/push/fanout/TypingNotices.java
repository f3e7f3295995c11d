package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.conversation.ConversationId;
import chat.parley.push.event.FrameEncoder;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends {@code typing} frames. A frame is dropped if the reader is slow or one of the two users has blocked the other.
 */
final class TypingNotices {
    private final FrameEncoder frames;
    private final BlockPolicy blocks;

    TypingNotices(FrameEncoder frames, BlockPolicy blocks) {
        this.frames = frames;
        this.blocks = blocks;
    }

    void send(ConversationId conversation, UserId user, List<Subscriber> others) {
        if (others.isEmpty()) {
            return;
        }
        byte[] frame = frames.typing(conversation, user);
        for (Subscriber other : others) {
            CompletableFuture<Void> _ = blocks.stops(Interaction.TYPE, user, other.user())
                    .thenAccept(stopped -> {
                        if (!stopped) {
                            other.outbound().offer(frame);
                        }
                    });
        }
    }
}
