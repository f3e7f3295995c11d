package chat.parley.search.history.analyst;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.search.RecordSearch;
import chat.parley.api.search.SearchLogId;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.SearchAuditLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each search as an event. On any failure the analyst has to search again. If the outcome is unknown, the log
 * may contain a search without a shown result, but never misses one.
 */
final class EventSearchAuditLog implements SearchAuditLog {
    private static final Logger log = LoggerFactory.getLogger(EventSearchAuditLog.class);

    private static final String NOT_RECORDED =
            "This search could not be recorded, so nothing is shown of it; try again";

    /** Highest pause between two attempts. The searches of one analyst are recorded one after the other. */
    private static final int LONGEST_PAUSE_MILLIS = 50;

    private final CommandGateway commands;
    private final long timeoutNanos;

    EventSearchAuditLog(CommandGateway commands, Duration timeout) {
        this.commands = commands;
        this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public void record(UserId analyst, SearchUse use, String query, long hits) {
        RecordSearch command = new RecordSearch(new SearchLogId(analyst), use, query, hits);
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            while (!attempt(command, deadline)) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER, NOT_RECORDED);
        }
    }

    /** @return false if another command changed the same log at the same time and time is left */
    private boolean attempt(RecordSearch command, long deadline) throws InterruptedException {
        try {
            CompletableFuture<@Nullable Object> outcome = commands.send(command);
            outcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER, NOT_RECORDED);
        } catch (ExecutionException e) {
            Refusal refusal = Refused.in(e).orElse(null);
            if (refusal == Refusal.RETRY_LATER && System.nanoTime() < deadline) {
                return false;
            }
            throw refused(refusal, e);
        }
    }

    private static Refused refused(@Nullable Refusal refusal, ExecutionException failure) {
        if (refusal == null) {
            log.warn("A search was not recorded: {}", ExceptionSummary.describe(failure));
        }
        return refusal == null || refusal == Refusal.RETRY_LATER || refusal == Refusal.OUTCOME_UNKNOWN
                ? new Refused(Refusal.RETRY_LATER, NOT_RECORDED)
                : new Refused(refusal);
    }
}
