package chat.parley.audit.export;

import chat.parley.api.account.UserId;
import chat.parley.audit.event.EventRange;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How far an export is, in steps: each event of the range is read, and each selected entry is written into the documents.
 * Until the number of entries is known, as many as the range has events are expected.
 */
final class RunningExport implements ArchiveProgress {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = 1e9;

    private final long first;
    private final long ofEvents;
    private final Runnable check;
    private final long startedNanos = System.nanoTime();
    private volatile long done;
    private volatile long total;
    private volatile boolean cancelled;
    private long checkedNanos = startedNanos;
    private final Set<UserId> authors = ConcurrentHashMap.newKeySet();
    private final Set<UserId> erased = ConcurrentHashMap.newKeySet();

    /** @param check is run once a second and ends the export if it throws */
    RunningExport(EventRange range, boolean withDocuments, Runnable check) {
        first = range.after() + 1;
        ofEvents = Math.max(0, range.through() - range.after());
        total = withDocuments ? 2 * ofEvents : ofEvents;
        this.check = check;
    }

    @Override
    public void read(long index) {
        done = index - first + 1;
        proceed();
    }

    @Override
    public void documents(long entries) {
        done = ofEvents;
        total = ofEvents + entries;
        proceed();
    }

    @Override
    public void documented(long entries) {
        // Only the thread of the export writes this.
        long sum = done + entries;
        done = sum;
        proceed();
    }

    @Override
    public void revealed(UserId author) {
        authors.add(author);
    }

    private void proceed() {
        if (cancelled) {
            throw new CancellationException();
        }
        long now = System.nanoTime();
        if (now - checkedNanos >= PAUSE_NANOS) {
            checkedNanos = now;
            check.run();
        }
    }

    /** The people whose texts or names the documents may have by now. */
    Set<UserId> authors() {
        return authors;
    }

    /** This person is erased, so the documents must have nothing of them at the end. */
    void erased(UserId user) {
        erased.add(user);
    }

    boolean hasErased() {
        return !Collections.disjoint(erased, authors);
    }

    /** Ends the export at its next step. */
    void cancel() {
        cancelled = true;
    }

    long done() {
        return done;
    }

    long total() {
        return total;
    }

    long perSecond() {
        return Math.round(done / ((System.nanoTime() - startedNanos) / NANOS_PER_SECOND));
    }
}
