package chat.parley.search.history.analyst;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.api.search.RecordSearch;
import chat.parley.api.search.SearchLogId;
import chat.parley.api.search.SearchUse;
import chat.parley.eventprocessing.feed.Retry;
import chat.parley.search.history.permission.SearchAuditLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Records each search as an event. On any failure the analyst has to search again. If the outcome is unknown, the log
 * may contain a search without a shown result, but never misses one.
 */
final class EventSearchAuditLog implements SearchAuditLog {
    private static final Logger log = LoggerFactory.getLogger(EventSearchAuditLog.class);

    private static final String NOT_RECORDED = "This could not be recorded, so nothing was done or shown; try again";

    private static final long SHORTEST_PAUSE_MS = 1;

    /** The searches of one analyst are recorded one after the other; attempts that collided are spread over this time. */
    private static final long PAUSE_SPREAD_MS = 49;

    private final CommandGateway commands;
    private final long timeoutNanos;
    private final BackOff backOff;

    EventSearchAuditLog(CommandGateway commands, Duration timeout) {
        this.commands = commands;
        this.timeoutNanos = timeout.toNanos();
        ExponentialBackOff pauses = new ExponentialBackOff(SHORTEST_PAUSE_MS, 1);
        pauses.setJitter(PAUSE_SPREAD_MS);
        this.backOff = pauses;
    }

    @Override
    public void record(UserId analyst, SearchUse use, String query, String reason, long hits) {
        send(new RecordSearch(new SearchLogId(analyst), use, query, reason, hits));
    }

    /** Records what an operator does with the index, in the same way. */
    void record(RecordAuditAccess access) {
        send(access);
    }

    private void send(Object command) {
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            boolean recorded = Retry.until(
                    done -> done || System.nanoTime() >= deadline, backOff, () -> attempt(command, deadline));
            if (!recorded) {
                throw new Refused(Refusal.RETRY_LATER, NOT_RECORDED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER, NOT_RECORDED);
        }
    }

    /** @return false if another command changed the same log at the same time */
    private boolean attempt(Object command, long deadline) throws InterruptedException {
        try {
            CompletableFuture<@Nullable Object> outcome = commands.send(command);
            outcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER, NOT_RECORDED);
        } catch (ExecutionException e) {
            Refusal refusal = Refused.in(e).orElse(null);
            if (refusal == Refusal.RETRY_LATER) {
                return false;
            }
            throw refused(refusal, e);
        }
    }

    private static Refused refused(@Nullable Refusal refusal, ExecutionException failure) {
        if (refusal == null) {
            log.warn("A search was not recorded: {}", ExceptionSummary.describe(failure));
        }
        return refusal == null || refusal == Refusal.OUTCOME_UNKNOWN
                ? new Refused(Refusal.RETRY_LATER, NOT_RECORDED)
                : new Refused(refusal);
    }
}
