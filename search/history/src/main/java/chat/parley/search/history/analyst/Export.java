package chat.parley.search.history.analyst;

import chat.parley.api.account.UserId;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** How far an export is: told by the thread that streams it, asked by any other. */
final class Export {
    private static final long MILLIS_PER_SECOND = 1000;

    /** A few windows of one person; each has a thread. */
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
        /** Search stopped answering; the file is cut. */
        @JsonProperty("failed")
        FAILED,
        /** The client has gone. */
        @JsonProperty("cancelled")
        CANCELLED
    }

    /**
     * @param total    how many messages were found as it began
     * @param done     how many of them have been gone through; all, when it has finished
     * @param exported how many of those were still there to export
     * @param rate     done per second, on average
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

    /** Places for those who are told as it goes on. */
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

    /** @param messages gone through, of which {@code written} were exported */
    synchronized void advance(long messages, long written) {
        done += messages;
        exported += written;
        notifyAll();
    }

    /** With the last page, of which {@code written} were exported. */
    synchronized void finish(long written) {
        done = total;
        exported += written;
        end(State.FINISHED);
    }

    /** Ends once: what has finished is not cancelled by what happens after. */
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

    /** Waits until it is further than {@code known}, or as long as is said. */
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
