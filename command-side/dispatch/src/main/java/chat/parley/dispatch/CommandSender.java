package chat.parley.dispatch;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CommandSender with an answer in Parley's own words, whatever the bus threw. Blocks its (virtual) thread. */
public final class CommandSender {
    private static final Logger log = LoggerFactory.getLogger(CommandSender.class);

    /** Somebody else, on another node, was faster on the same aggregate: a second look settles it nearly always. */
    private static final int MAX_TRIES = 4;

    private final CommandGateway gateway;
    private final Duration timeout;

    public CommandSender(CommandGateway gateway, Duration timeout) {
        this.gateway = gateway;
        this.timeout = timeout;
    }

    /** What became of a command. */
    public sealed interface Result<T> {}

    public record Done<T>(T answer) implements Result<T> {}

    public record Failed<T>(Refusal refusal) implements Result<T> {}

    public <T> Result<T> send(Object command, Class<T> answer) {
        for (int tries = 1; ; tries++) {
            try {
                Object result = gateway.send(command).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                return new Done<>(answer.cast(result));
            } catch (TimeoutException late) {
                log.warn("{} was not answered in {}", command.getClass().getSimpleName(), timeout);
                return new Failed<>(Refusal.OUTCOME_UNKNOWN);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return new Failed<>(Refusal.OUTCOME_UNKNOWN);
            } catch (ExecutionException | RuntimeException failed) {
                CommandFailure failure = CommandFailure.of(failed);
                if (failure == CommandFailure.CONFLICT && tries < MAX_TRIES) {
                    continue;
                }
                return new Failed<>(Refused.in(failed).orElseGet(() -> told(command, failure, failed)));
            }
        }
    }

    /** The operators are told what kind of failure it was; commands print no text of anybody's. */
    private static Refusal told(Object command, CommandFailure failure, Exception failed) {
        if (failure.isWorthALook()) {
            log.warn("{} failed: {}", command.getClass().getSimpleName(), ExceptionSummary.describe(failed));
        }
        return failure.refusal();
    }
}
