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
 * Sends a command and waits on a virtual thread until its outcome is durable. A command of a conversation is appended
 * to the queue of that conversation, after the commands that sockets have sent. Any other command goes to the bus at
 * once. Every failure is thrown as {@link Refused}.
 */
public final class CommandDispatcher {
    private final CommandBusClient bus;
    private final ConversationCommandQueue queue;
    private final Duration timeout;

    /** @param timeout how long a caller waits before the outcome counts as unknown */
    public CommandDispatcher(CommandGateway gateway, ConversationCommandQueue queue, Duration timeout) {
        this(new CommandBusClient(gateway), queue, timeout);
    }

    private CommandDispatcher(CommandBusClient bus, ConversationCommandQueue queue, Duration timeout) {
        this.bus = bus;
        this.queue = queue;
        this.timeout = timeout;
    }

    /** The same dispatcher with another timeout. */
    public CommandDispatcher withTimeout(Duration other) {
        return new CommandDispatcher(bus, queue, other);
    }

    public Duration timeout() {
        return timeout;
    }

    /** For commands whose answer is not needed. */
    public void send(Object command) {
        Object _ = sendForAnswer(command, Object.class);
    }

    public <R> R send(Object command, Class<R> answer) {
        R answered = sendForAnswer(command, answer);
        if (answered == null) {
            throw new IllegalStateException(command.getClass().getSimpleName() + " has no answer");
        }
        return answered;
    }

    /** Sends one message. It may be stored in one batch with other messages of its conversation. */
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
