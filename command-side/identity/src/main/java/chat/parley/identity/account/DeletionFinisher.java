package chat.parley.identity.account;

import chat.parley.api.Refused;
import chat.parley.identity.account.PendingDeletions.Deletion;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the steps of every deletion that is not known to be finished: at once, after a restart, and once more when
 * whatever was under way while the account was deleted (an invitation, a request) has long had its outcome. Nodes that
 * do so at the same time do nothing twice.
 */
public final class DeletionFinisher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeletionFinisher.class);

    /** Several times what a command or a query may take before its outcome is called unknown. */
    public static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 100;

    private final PendingDeletions deletions;
    private final AccountClosing closings;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService executor;

    DeletionFinisher(PendingDeletions deletions, AccountClosing closings, Clock clock) {
        this.deletions = deletions;
        this.closings = closings;
        this.clock = clock;
    }

    /** Does not wait for the next round. */
    public void wake() {
        ScheduledExecutorService running = executor;
        if (running != null) {
            running.execute(this::attempt);
        }
    }

    /** The time is looked at before the first step: what has settled by then is found by the last. */
    public void finishAll() {
        for (Deletion deletion : deletions.unfinished(AT_ONCE)) {
            boolean settled = deletion.askedAt().plus(SETTLED_AFTER).isBefore(clock.instant());
            try {
                closings.finish(deletion.user());
                if (settled) {
                    deletions.end(deletion.user());
                }
            } catch (Refused refused) {
                log.warn(
                        "The deletion of {} is not finished ({}); it is tried again",
                        deletion.user(),
                        refused.refusal().code());
            }
        }
    }

    private void attempt() {
        try {
            finishAll();
        } catch (RuntimeException e) {
            log.warn("Deletions were not finished; they are tried again", e);
        }
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deletions-", 0).factory());
        // attempt() lets nothing through that would end the rounds.
        var _ = started.scheduleWithFixedDelay(
                this::attempt, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = executor;
        if (running != null) {
            running.shutdownNow();
            executor = null;
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
