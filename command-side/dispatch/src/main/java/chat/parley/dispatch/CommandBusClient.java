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
 * Sends commands to the command bus. A failure is answered as the refusal that the client is told. This class repeats
 * no command: {@link OutcomeResolvingCommandBus} has already repeated those that lost a race.
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
     * @throws Refused if the command fails, or if no answer comes in time and the outcome is unknown
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

    /** Does not wait. The future fails with {@link Refused} only. */
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

    /**
     * Logs the kind of failure for operators. The log holds no text that users wrote, because commands do not print it.
     */
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

    /** Only commands that send messages have a {@code clientMessageId}. */
    static RetryAdvice retryAdvice(Object command) {
        return command instanceof SendMessages ? RetryAdvice.MESSAGE : RetryAdvice.ANYTHING_ELSE;
    }
}
