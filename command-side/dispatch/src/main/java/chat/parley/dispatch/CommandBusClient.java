package chat.parley.dispatch;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every command onto the bus. A failure comes back as the refusal that it means to a client. Nothing is
 * repeated here: {@link OutcomeResolvingCommandBus} has repeated what lost a race.
 */
final class CommandBusClient {
    private static final Logger log = LoggerFactory.getLogger(CommandBusClient.class);

    private final CommandGateway gateway;

    CommandBusClient(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Waits for the outcome, on a virtual thread.
     *
     * @throws Refused also where nothing was answered in time: then the outcome is unknown
     */
    <R> R await(Object command, Class<R> answer, Duration timeout) {
        try {
            CompletableFuture<R> outcome = gateway.send(command);
            return answer.cast(outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unknown(command);
        } catch (ExecutionException failed) {
            throw refused(command, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException | RuntimeException failed) {
            throw refused(command, failed);
        }
    }

    /** Does not wait; the future fails with {@link Refused} only. */
    <R> CompletableFuture<R> dispatch(Object command, Class<R> answer, Duration timeout) {
        CompletableFuture<R> outcome = gateway.send(command);
        return outcome.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((answered, failed) -> {
            if (failed != null) {
                throw refused(
                        command,
                        failed instanceof CompletionException && failed.getCause() != null
                                ? failed.getCause()
                                : failed);
            }
            return answer.cast(answered);
        });
    }

    /** Operators are told the kind of failure; commands print no text of anybody's. */
    private static Refused refused(Object command, Throwable failed) {
        CommandFailure failure =
                failed instanceof TimeoutException ? CommandFailure.OUTCOME_UNKNOWN : CommandFailure.of(failed);
        if (failure.isLogged()) {
            log.warn("A {} failed: {}", command.getClass().getSimpleName(), ExceptionSummary.describe(failed));
        }
        Refusal refusal = Refused.in(failed).orElseGet(() -> failure.refusal(command));
        return refusal == Refusal.OUTCOME_UNKNOWN ? unknown(command) : new Refused(refusal);
    }

    private static Refused unknown(Object command) {
        return retryAdvice(command).refused();
    }

    /** Only messages have a {@code clientMessageId}. */
    static RetryAdvice retryAdvice(Object command) {
        return command instanceof SendMessages ? RetryAdvice.MESSAGE : RetryAdvice.ANYTHING_ELSE;
    }
}
