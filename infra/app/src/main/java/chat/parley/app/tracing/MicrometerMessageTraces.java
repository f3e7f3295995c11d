package chat.parley.app.tracing;

import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EventFeed;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.app.tracing.TracedMessages.MessageKey;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;

/** Spans without texts, names and tokens. */
final class MicrometerMessageTraces implements MessageTraces {
    private final Tracer tracer;
    private final TracedMessages messages;
    private final boolean ids;

    /** @param ids whether the first span of a message names its conversation and the message */
    MicrometerMessageTraces(Tracer tracer, TracedMessages messages, boolean ids) {
        this.tracer = tracer;
        this.messages = messages;
        this.ids = ids;
    }

    @Override
    public Step frame(ConversationId conversation, ClientMessageId message) {
        Span frame = tracer.spanBuilder()
                .setNoParent()
                .name("message.send frame")
                .kind(Span.Kind.SERVER)
                .start();
        if (!Boolean.TRUE.equals(frame.context().sampled())) {
            return Step.NONE;
        }
        if (ids) {
            frame.tag("parley.conversation", conversation.value());
            frame.tag("parley.client_message_id", message.value());
        }
        messages.reached(new MessageKey(conversation, message), frame.context());
        return frame::end;
    }

    @Override
    public Step projecting(Object event) {
        return event instanceof MessageSent sent ? step("projection", sent) : Step.NONE;
    }

    @Override
    public Step delivering(EventFeed.Item event) {
        return event.type() == MessageSent.class ? step("delivery", (MessageSent) event.payload()) : Step.NONE;
    }

    private Step step(String name, MessageSent sent) {
        TraceContext before = messages.spanOf(new MessageKey(sent.conversation(), sent.clientMessageId()));
        return before == null
                ? Step.NONE
                : tracer.spanBuilder().setParent(before).name(name).start()::end;
    }
}
