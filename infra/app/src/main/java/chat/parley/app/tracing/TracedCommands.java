package chat.parley.app.tracing;

import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.app.tracing.TracedMessages.MessageKey;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The command that stores messages, and their append. A command may have many messages: its span belongs to the first one's
 * trace and links to those of the others. Each trace has an append of its own.
 */
final class TracedCommands implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final Tracer tracer;
    private final TracedMessages messages;

    TracedCommands(Tracer tracer, TracedMessages messages) {
        this.tracer = tracer;
        this.messages = messages;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        if (work.getMessage().getPayload() instanceof SendMessages send) {
            SequencedMap<MessageKey, TraceContext> traced = traced(send);
            if (!traced.isEmpty()) {
                follow(work, traced);
            }
        }
        return chain.proceed();
    }

    private SequencedMap<MessageKey, TraceContext> traced(SendMessages send) {
        SequencedMap<MessageKey, TraceContext> traced = new LinkedHashMap<>();
        send.messages().forEach(draft -> {
            MessageKey message = new MessageKey(send.conversation(), draft.clientMessageId());
            TraceContext frame = messages.spanOf(message);
            if (frame != null) {
                traced.put(message, frame);
            }
        });
        return traced;
    }

    private void follow(UnitOfWork<?> work, SequencedMap<MessageKey, TraceContext> traced) {
        List<TraceContext> frames = List.copyOf(traced.values());
        Span.Builder builder = tracer.spanBuilder()
                .setParent(frames.getFirst())
                .name("command")
                .tag("parley.messages", frames.size());
        frames.stream().skip(1).forEach(frame -> builder.addLink(new Link(frame)));
        Span command = builder.start();
        traced.put(traced.firstEntry().getKey(), command.context());
        List<Span> appends = new ArrayList<>();
        // Before the event store, which appends in this phase, too.
        work.onPrepareCommit(_ -> traced.forEach((message, before) -> {
            Span append = tracer.spanBuilder().setParent(before).name("append").start();
            appends.add(append);
            messages.reached(message, append.context());
        }));
        work.onCommit(_ -> appends.forEach(Span::end));
        work.onRollback(_ -> {
            appends.forEach(Span::end);
            command.tag("error", "true");
        });
        work.onCleanup(_ -> command.end());
    }
}
