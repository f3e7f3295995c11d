package chat.parley.app.tracing;

import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.tracing.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The newest span of each message that is under way on this node. Stored events carry no trace, so a node does not know the
 * traces of messages that came over another one.
 */
final class TracedMessages {
    /** More than a node accepts within the time that projections and delivery take. */
    private static final int MOST = 50_000;

    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final Cache<MessageKey, TraceContext> spans =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(UNDER_WAY).build();

    record MessageKey(ConversationId conversation, ClientMessageId message) {}

    void reached(MessageKey message, TraceContext span) {
        spans.put(message, span);
    }

    @Nullable
    TraceContext spanOf(MessageKey message) {
        return spans.getIfPresent(message);
    }
}
