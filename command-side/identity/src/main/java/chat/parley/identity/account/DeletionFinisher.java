package chat.parley.identity.account;

import chat.parley.api.Refused;
import chat.parley.dispatch.PeriodicRounds;
import chat.parley.identity.account.PendingDeletions.Deletion;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Repeats the steps of every deletion that is not known to be finished: at once, after a restart, and a last time when
 * commands that were in progress during the deletion (an invitation, a contact request) have long had their outcome.
 * Several nodes may do so at the same time, because a repeated step changes nothing.
 */
public final class DeletionFinisher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeletionFinisher.class);

    /** Several times the timeout of a command or a query. */
    public static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 100;

    private final PendingDeletions deletions;
    private final AccountClosing closings;
    private final Clock clock;
    private final PeriodicRounds rounds = new PeriodicRounds("deletions", PAUSE, this::finishAll);

    DeletionFinisher(PendingDeletions deletions, AccountClosing closings, Clock clock) {
        this.deletions = deletions;
        this.closings = closings;
        this.clock = clock;
    }

    /** Starts a round at once. */
    public void wake() {
        rounds.wake();
    }

    /** The time is read before the first step, so that the steps include every command that has settled by then. */
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
                        "The deletion of {} is not finished ({}); it is retried in the next round",
                        deletion.user(),
                        refused.refusal().code());
            }
        }
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }
}
