package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.audit.event.EventRange;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An ordered export, as it is stored beside its archive.
 *
 * <ol>
 *   <li>{@code RUNNING}: the archive is being written. A restart begins it again.
 *   <li>{@code DONE}: the archive can be downloaded.
 *   <li>{@code FAILED}: there is no archive, for a reason.
 *   <li>{@code WITHDRAWN}: there was an archive, and a text that it may have was erased or expired since.
 * </ol>
 *
 * @param order    without the reason
 * @param range    resolved once, so that an export that is begun again has the same events
 * @param head     the newest event when the export was begun the last time
 * @param attempts how often it was begun
 * @param failure  the code of the refusal that ended it
 * @param events   the number of events in the archive
 * @param bytes    the size of the archive
 */
record KeptExport(
        String id,
        UserId auditor,
        ExportOrder order,
        EventRange range,
        long head,
        int attempts,
        Instant begun,
        State state,
        @Nullable Instant ended,
        @Nullable String failure,
        long events,
        long bytes) {
    /** What there is of it. */
    enum State {
        RUNNING,
        DONE,
        FAILED,
        WITHDRAWN
    }

    @JsonIgnore
    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean endedBefore(Instant moment) {
        return ended != null && ended.isBefore(moment);
    }

    KeptExport begunAgain(long newHead) {
        return new KeptExport(id, auditor, order, range, newHead, attempts + 1, begun, State.RUNNING, null, null, 0, 0);
    }

    KeptExport done(Instant at, long written, long size) {
        return new KeptExport(id, auditor, order, range, head, attempts, begun, State.DONE, at, null, written, size);
    }

    KeptExport failed(Instant at, Refusal refusal) {
        return ended(at, State.FAILED, refusal.code());
    }

    KeptExport withdrawn(Instant at) {
        return ended(at, State.WITHDRAWN, null);
    }

    private KeptExport ended(Instant at, State how, @Nullable String code) {
        return new KeptExport(id, auditor, order, range, head, attempts, begun, how, at, code, 0, 0);
    }
}
