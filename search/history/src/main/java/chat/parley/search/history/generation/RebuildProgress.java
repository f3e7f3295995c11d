package chat.parley.search.history.generation;

import chat.parley.eventprocessing.generation.RebuildFailure;
import chat.parley.eventprocessing.generation.RebuildReport;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.search.history.document.IndexCounts;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild stands, or how the last one ended.
 *
 * @param serving         the generation that is searched
 * @param generation      the generation that is, or was, being filled
 * @param percent         of the events that are in the new generation
 * @param eventsPerSecond since this node began to fill it, or began again
 * @param events          that are in the new generation, of every kind
 * @param remaining       events that are not
 * @param indexed         messages
 * @param retracted       those of them that are retracted
 * @param past            texts that an edit or a retraction has put an end to
 * @param rejected        documents that were not taken and are tried again
 * @param failure         why it came to nothing
 * @param served          what the generation that was searched held in the end
 * @param filled          what the new one held
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildProgress(
        RebuildState state,
        String serving,
        @Nullable String generation,
        double percent,
        long eventsPerSecond,
        long events,
        long remaining,
        long indexed,
        long retracted,
        long past,
        long rejected,
        @Nullable Instant since,
        @Nullable Instant ended,
        @Nullable RebuildFailure failure,
        @Nullable IndexCounts served,
        @Nullable IndexCounts filled) {
    static RebuildProgress of(RebuildReport report, long events, IndexCounts indexed) {
        return new RebuildProgress(
                report.state(),
                report.serving(),
                report.generation(),
                report.percent(),
                report.eventsPerSecond(),
                events,
                report.remaining(),
                indexed.messages(),
                indexed.retracted(),
                indexed.past(),
                indexed.rejected(),
                report.since(),
                report.ended(),
                report.failure(),
                IndexCounts.named(report.served()),
                IndexCounts.named(report.filled()));
    }
}
