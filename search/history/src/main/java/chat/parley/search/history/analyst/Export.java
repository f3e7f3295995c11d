package chat.parley.search.history.analyst;

import chat.parley.api.account.UserId;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The state of an export. One thread streams it and updates this; other threads read it. */
final class Export {
    private static final long MILLIS_PER_SECOND = 1000;

    /** Enough for a few windows of one user. Each takes a thread. */
    private static final int MOST_FOLLOWERS = 8;

    private final Semaphore followers = new Semaphore(MOST_FOLLOWERS);
    private final String id;
    private final UserId owner;
    private final Clock clock;
    private final Instant begun;
    private State state = State.RUNNING;
    private long total;
    private long done;
    private long exported;
    private @Nullable Instant ended;

    Export(String id, UserId owner, Clock clock) {
        this.id = id;
        this.owner = owner;
        this.clock = clock;
        this.begun = clock.instant();
    }

    enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("finished")
        FINISHED,
        /** Search stopped answering; the file is incomplete. */
        @JsonProperty("failed")
        FAILED,
        /** The client disconnected. */
        @JsonProperty("cancelled")
        CANCELLED
    }

    /**
     * @param total    number of messages found at the beginning
     * @param done     number of messages processed; equal to {@code total} at the end
     * @param exported number of processed messages that still existed and were exported
     * @param rate     average number processed per second
     */
    record Progress(String id, State state, long total, long done, long exported, long rate) {
        boolean isOfTheSame(Progress other) {
            return state == other.state && done == other.done;
        }
    }

    String id() {
        return id;
    }

    UserId owner() {
        return owner;
    }

    /** Permits for clients that follow the progress. */
    Semaphore followers() {
        return followers;
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    synchronized boolean endedBefore(Instant instant) {
        return ended != null && ended.isBefore(instant);
    }

    synchronized void found(long messages) {
        total = messages;
    }

    /** @param messages number processed, of which {@code written} were exported */
    synchronized void advance(long messages, long written) {
        done += messages;
        exported += written;
        notifyAll();
    }

    /** Completes the export with its last page, of which {@code written} were exported. */
    synchronized void finish(long written) {
        done = total;
        exported += written;
        end(State.FINISHED);
    }

    /** Ends the export unless it has ended: a later failure does not change a finished export. */
    synchronized void end(State how) {
        if (state != State.RUNNING) {
            return;
        }
        state = how;
        ended = clock.instant();
        notifyAll();
    }

    synchronized Progress progress() {
        long millis = Math.max(
                1,
                Duration.between(begun, Objects.requireNonNullElseGet(ended, clock::instant))
                        .toMillis());
        return new Progress(id, state, total, done, exported, done * MILLIS_PER_SECOND / millis);
    }

    /** Waits until the progress exceeds {@code known}, or for the given time. */
    synchronized Progress progressAfter(Progress known, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Progress now = progress(); ; now = progress()) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (!now.isOfTheSame(known) || millis <= 0) {
                return now;
            }
            wait(millis);
        }
    }
}
