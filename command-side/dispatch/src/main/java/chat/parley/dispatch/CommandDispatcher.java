package chat.parley.dispatch;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import chat.parley.api.account.AccountCommand;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.web.HttpProperties;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a command, waits until its outcome is durable, and turns whatever went wrong into a refusal. */
public final class CommandDispatcher {
    private static final Logger log = LoggerFactory.getLogger(CommandDispatcher.class);
    /** The loser of a race finds the winner's event at the second attempt; more are for a third party to it. */
    private static final int ATTEMPTS = 4;

    private final CommandGateway gateway;
    private final long timeoutMillis;

    public CommandDispatcher(CommandGateway gateway, HttpProperties properties) {
        this.gateway = gateway;
        this.timeoutMillis = properties.commandTimeout().toMillis();
    }

    /** For commands that answer nothing. */
    public void send(Object command) {
        attempt(command);
    }

    public <R> R send(Object command, Class<R> answer) {
        Object answered = attempt(command);
        if (answered == null) {
            throw new IllegalStateException(command.getClass().getSimpleName() + " answered nothing");
        }
        return answer.cast(answered);
    }

    private @Nullable Object attempt(Object command) {
        for (int attempt = 1; ; attempt++) {
            try {
                CompletableFuture<@Nullable Object> outcome = gateway.send(command);
                return outcome.get(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw unknown(command);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unknown(command);
            } catch (ExecutionException e) {
                if (!isLostRace(e)) {
                    throw refusal(command, e);
                }
                if (attempt == ATTEMPTS) {
                    throw new Refused(Refusal.RETRY_LATER);
                }
            }
        }
    }

    private static Refused refusal(Object command, ExecutionException failure) {
        Optional<Refusal> refused = Refused.in(failure);
        if (refused.isPresent()) {
            return refused.get() == Refusal.OUTCOME_UNKNOWN ? unknown(command) : new Refused(refused.get());
        }
        if (Causes.has(failure, AggregateNotFoundException.class)) {
            return new Refused(
                    command instanceof AccountCommand ? Refusal.USER_NOT_FOUND : Refusal.CONVERSATION_NOT_FOUND);
        }
        if (Causes.has(failure, NoHandlerForCommandException.class)) {
            return new Refused(Refusal.RETRY_LATER);
        }
        log.warn(
                "The outcome of a {} is unknown: {}",
                command.getClass().getSimpleName(),
                ExceptionSummary.describe(failure));
        return unknown(command);
    }

    private static Refused unknown(Object command) {
        return (command instanceof SendMessages ? RetryAdvice.MESSAGE : RetryAdvice.ANYTHING_ELSE).refused();
    }

    /** Somebody else stored an event of this aggregate first, so nothing of ours was stored. */
    private static boolean isLostRace(ExecutionException failure) {
        return Causes.has(failure, ConcurrencyException.class)
                || Causes.has(failure, AggregateStreamCreationException.class);
    }
}
