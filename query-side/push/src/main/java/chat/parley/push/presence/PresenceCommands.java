package chat.parley.push.presence;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.eventprocessing.feed.Retry;
import chat.parley.push.fanout.PushMetrics;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Sends the presence commands of this node: in order for each user, a bounded number at a time. A command that fails
 * for a temporary reason is retried.
 */
public final class PresenceCommands {
    private static final Logger log = LoggerFactory.getLogger(PresenceCommands.class);

    /** Bounds the load when thousands of devices connect at once, because messages use the same command side. */
    private static final int MAX_AT_ONCE = 32;

    private static final int MAX_ATTEMPTS = 60;
    private static final BackOff BACK_OFF = new FixedBackOff(1_000, MAX_ATTEMPTS - 1);

    private final CommandDispatcher commands;
    private final Executor executor;
    private final PushMetrics metrics;
    private final Semaphore permits = new Semaphore(MAX_AT_ONCE);
    private final Map<UserId, Queue<Waiting>> queues = new HashMap<>();

    public PresenceCommands(CommandDispatcher commands, Executor executor, PushMetrics metrics) {
        this.commands = commands;
        this.executor = executor;
        this.metrics = metrics;
    }

    private record Waiting(PresenceCommand command, CompletableFuture<Optional<Refusal>> done) {}

    /** Completes with the refusal, or with empty when the command was accepted; never completes exceptionally. */
    public CompletableFuture<Optional<Refusal>> send(PresenceCommand command) {
        Waiting waiting = new Waiting(command, new CompletableFuture<>());
        UserId user = command.id().user();
        synchronized (queues) {
            Queue<Waiting> queue = queues.get(user);
            if (queue != null) {
                queue.add(waiting);
                return waiting.done();
            }
            queues.put(user, new ArrayDeque<>());
        }
        executor.execute(() -> work(user, waiting));
        return waiting.done();
    }

    private void work(UserId user, Waiting first) {
        for (Waiting next = first; next != null; next = after(user)) {
            next.done().complete(carryOut(next.command()));
        }
    }

    private @Nullable Waiting after(UserId user) {
        synchronized (queues) {
            Queue<Waiting> queue = queues.get(user);
            Waiting next = queue == null ? null : queue.poll();
            if (next == null) {
                queues.remove(user);
            }
            return next;
        }
    }

    private Optional<Refusal> carryOut(PresenceCommand command) {
        try {
            Optional<Refusal> refusal = Retry.until(PresenceCommands::isFinal, BACK_OFF, () -> once(command));
            if (!isFinal(refusal)) {
                log.warn(
                        "{} was given up after {} attempts: {}",
                        command.getClass().getSimpleName(),
                        MAX_ATTEMPTS,
                        refusal.orElseThrow());
            }
            return refusal;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(Refusal.OUTCOME_UNKNOWN);
        }
    }

    private Optional<Refusal> once(PresenceCommand command) throws InterruptedException {
        permits.acquire();
        try {
            commands.send(command);
            metrics.presenceChanged(command);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.refusal());
        } finally {
            permits.release();
        }
    }

    /** These commands are idempotent, so one whose outcome is unknown may be sent again. */
    private static boolean isFinal(Optional<Refusal> refusal) {
        return refusal.isEmpty()
                || switch (refusal.get()) {
                    case RETRY_LATER, OUTCOME_UNKNOWN, INTERNAL_ERROR -> false;
                    default -> true;
                };
    }
}
