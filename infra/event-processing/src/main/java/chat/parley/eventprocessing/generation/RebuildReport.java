package chat.parley.eventprocessing.generation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a rebuild, or the outcome of the last one, as operators read it.
 *
 * @param target the read model
 * @param serving the generation that is served
 * @param generation the generation that is, or was, filled
 * @param percent share of the events that the new generation includes, in tenths
 * @param eventsPerSecond since this node began to fill it, or continued; 0 on a node that does not fill it
 * @param secondsLeft at this speed; null if it is not known
 * @param events number of events that the new generation includes
 * @param remaining number of events that it does not include yet
 * @param since when the rebuild began
 * @param ended when it ended
 * @param failure why the new generation was given up
 * @param served counts of the served generation at the comparison, by name; empty before it
 * @param filled counts of the new generation at the comparison
 * @param differences the counts that were not equal. While events are stored, the two are not counted at one moment, so a
 *     difference alone is no failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildReport(
        String target,
        RebuildState state,
        String serving,
        @Nullable String generation,
        double percent,
        long eventsPerSecond,
        @Nullable Long secondsLeft,
        long events,
        long remaining,
        @Nullable Instant since,
        @Nullable Instant ended,
        @Nullable RebuildFailure failure,
        Map<String, Long> served,
        Map<String, Long> filled,
        List<Difference> differences) {
    private static final double WHOLE = 100;
    private static final double TENTHS = 10;

    /**
     * @param count name of what was counted
     * @param served null if the served generation has no such count
     * @param filled null if the new generation has no such count
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Difference(
            String count, @Nullable Long served, @Nullable Long filled) {}

    /** Whether nothing more follows. */
    @JsonIgnore
    public boolean isOver() {
        return state != RebuildState.FILLING;
    }

    /** @param position the new generation includes everything up to this global index */
    static RebuildReport of(String target, RebuildStatus status, long position, long eventsPerSecond) {
        boolean filling = status.state() == RebuildState.FILLING;
        long remaining = filling ? Math.max(0, status.head() - position) : 0;
        boolean timed = filling && eventsPerSecond > 0;
        return new RebuildReport(
                target,
                status.state(),
                status.active(),
                status.next(),
                percent(status, position),
                filling ? eventsPerSecond : 0,
                timed ? Long.valueOf(Math.ceilDiv(remaining, eventsPerSecond)) : null,
                status.next() == null ? 0 : position + 1,
                remaining,
                status.since(),
                status.ended(),
                status.failure(),
                status.served(),
                status.filled(),
                differences(status.served(), status.filled()));
    }

    private static double percent(RebuildStatus status, long position) {
        return switch (status.state()) {
            case NONE, FAILED -> 0;
            case DONE -> WHOLE;
            case FILLING ->
                status.head() < 0
                        ? WHOLE
                        : Math.min(WHOLE, Math.floor(WHOLE * TENTHS * (position + 1) / (status.head() + 1)) / TENTHS);
        };
    }

    private static List<Difference> differences(Map<String, Long> served, Map<String, Long> filled) {
        Set<String> names = new LinkedHashSet<>(served.keySet());
        names.addAll(filled.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(served.get(name), filled.get(name)))
                .map(name -> new Difference(name, served.get(name), filled.get(name)))
                .toList();
    }
}
