package chat.parley.push.presence;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.push.fanout.PushMetrics;
import java.time.Duration;
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

/** Sends what is told of presences: in order for each user, a bounded number at once, again where it did not arrive. */
public final class PresenceCommands {
    private static final Logger log = LoggerFactory.getLogger(PresenceCommands.class);

    /** A node that thousands connect to at once has messages to look after too. */
    private static final int MAX_AT_ONCE = 32;

    private static final int MAX_TRIES = 60;
    private static final Duration PAUSE = Duration.ofSeconds(1);

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

    /** Never fails; answers why it was refused, empty where it was not. */
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
            for (int tries = 1; ; tries++) {
                Optional<Refusal> refusal = once(command);
                if (refusal.isEmpty() || !mayPass(refusal.get())) {
                    return refusal;
                }
                if (tries == MAX_TRIES) {
                    log.warn("{} was given up: {}", command.getClass().getSimpleName(), refusal.get());
                    return refusal;
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(Refusal.OUTCOME_UNKNOWN);
        }
    }

    private Optional<Refusal> once(PresenceCommand command) throws InterruptedException {
        permits.acquire();
        try {
            commands.send(command);
            metrics.told(command);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.refusal());
        } finally {
            permits.release();
        }
    }

    /** Saying it again changes nothing where it did arrive. */
    private static boolean mayPass(Refusal refusal) {
        return switch (refusal) {
            case RETRY_LATER, OUTCOME_UNKNOWN, INTERNAL_ERROR -> true;
            default -> false;
        };
    }
}
