package chat.parley.audit.export;

import chat.parley.api.KebabCase;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an ordered export, or its outcome, as its auditor reads it.
 *
 * @param percent         share of the work that is done, in tenths
 * @param eventsPerSecond since it was begun or begun again; an event and its entry in a document count as two
 * @param secondsLeft     at this speed; null if it is not known
 * @param first           the first index of the range
 * @param last            the last index of the range
 * @param format          of the documents, if it has any
 * @param events          number of events in the archive
 * @param bytes           size of the archive
 * @param begun           when it was ordered
 * @param kept            until when it can be downloaded
 * @param failure         the code of the refusal that ended it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportReport(
        String id,

        @Schema(
                description = "`withdrawn`: a text of the archive was erased or may have expired, so it was deleted",
                allowableValues = {"running", "done", "failed", "withdrawn"})
        String state,

        double percent,
        long eventsPerSecond,
        @Nullable Long secondsLeft,
        long first,
        long last,
        @Nullable String format,
        long events,
        long bytes,
        Instant begun,
        @Nullable Instant ended,
        @Nullable Instant kept,
        @Nullable String failure) {
    private static final double WHOLE = 100;
    private static final double TENTHS = 10;

    /** What is left when all events are written: the archive is packed. */
    private static final double PACKING = 99.9;

    /** Whether nothing more follows. */
    @JsonIgnore
    boolean isOver() {
        return !state.equals(KebabCase.of(KeptExport.State.RUNNING));
    }

    /** @param running null once it has ended */
    static ExportReport of(KeptExport export, @Nullable RunningExport running, Duration keep) {
        Instant ended = export.ended();
        return new ExportReport(
                export.id(),
                KebabCase.of(export.state()),
                running == null ? percentOf(export) : percentOf(running),
                running == null ? 0 : running.perSecond(),
                running == null ? null : secondsLeft(running),
                export.range().after() + 1,
                export.range().through(),
                export.order().format(),
                export.events(),
                export.bytes(),
                export.begun(),
                ended,
                ended == null ? null : ended.plus(keep),
                export.failure());
    }

    private static double percentOf(KeptExport export) {
        return export.state() == KeptExport.State.DONE ? WHOLE : 0;
    }

    private static double percentOf(RunningExport running) {
        double share = running.total() == 0 ? WHOLE : WHOLE * running.done() / running.total();
        return Math.min(PACKING, Math.floor(TENTHS * share) / TENTHS);
    }

    private static @Nullable Long secondsLeft(RunningExport running) {
        long speed = running.perSecond();
        return speed == 0 ? null : Math.ceilDiv(Math.max(0, running.total() - running.done()), speed);
    }
}
