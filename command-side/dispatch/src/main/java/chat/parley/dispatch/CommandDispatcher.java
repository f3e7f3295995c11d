package chat.parley.dispatch;

import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * Sends a command and waits until its outcome is durable, on a virtual thread. A command of a conversation takes its place
 * in the queue of that conversation, behind what sockets have sent; any other goes to the bus at once. Whatever goes wrong
 * is thrown as {@link Refused}.
 */
public final class CommandDispatcher {
    private final CommandBusClient bus;
    private final ConversationCommandQueue queue;
    private final Duration timeout;

    /** @param timeout how long a caller waits before the outcome is called unknown */
    public CommandDispatcher(CommandGateway gateway, ConversationCommandQueue queue, Duration timeout) {
        this(new CommandBusClient(gateway), queue, timeout);
    }

    private CommandDispatcher(CommandBusClient bus, ConversationCommandQueue queue, Duration timeout) {
        this.bus = bus;
        this.queue = queue;
        this.timeout = timeout;
    }

    /** The same, for callers that wait for another time. */
    public CommandDispatcher withTimeout(Duration other) {
        return new CommandDispatcher(bus, queue, other);
    }

    public Duration timeout() {
        return timeout;
    }

    /** For commands whose answer does not matter. */
    public void send(Object command) {
        Object _ = sendForAnswer(command, Object.class);
    }

    public <R> R send(Object command, Class<R> answer) {
        R answered = sendForAnswer(command, answer);
        if (answered == null) {
            throw new IllegalStateException(command.getClass().getSimpleName() + " answered nothing");
        }
        return answered;
    }

    /** Sends one message, which may leave together with others of its conversation. */
    public EntryAck send(ConversationId conversation, Draft draft) {
        RequestReply<EntryAck> reply = new RequestReply<>(RetryAdvice.MESSAGE);
        queue.submit(new QueuedCommand.Send(conversation, draft, reply));
        return await(reply);
    }

    private <R> R sendForAnswer(Object command, Class<R> answer) {
        if (command instanceof ConversationCommand ofConversation) {
            RequestReply<R> reply = new RequestReply<>(CommandBusClient.retryAdvice(command));
            queue.submit(new QueuedCommand.Other<>(ofConversation, answer, reply));
            return await(reply);
        }
        return bus.await(command, answer, timeout);
    }

    private <R> R await(RequestReply<R> reply) {
        try {
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            reply.abandon();
            throw reply.advice().refused();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            reply.abandon();
            throw reply.advice().refused();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
