package chat.parley.search.history.query;

import chat.parley.search.history.document.MessageDocument;
import co.elastic.clients.elasticsearch._types.FieldValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of hits. It may have fewer hits than requested, or none, without being the last, because messages retracted
 * since are left out.
 *
 * @param total        number of hits on all pages
 * @param totalIsExact false if {@code total} is a lower bound
 * @param facets       null unless requested
 * @param next         sort values where the next page begins; empty on the last page
 * @param pointInTime  the current name of the point in time
 */
public record Page(
        List<Found> hits,
        long total,
        boolean totalIsExact,
        @Nullable Facets facets,
        List<FieldValue> next,
        String pointInTime) {
    public Page {
        hits = List.copyOf(hits);
        next = List.copyOf(next);
    }

    public boolean isLast() {
        return next.isEmpty();
    }

    /**
     * @param document   the current document, with its text
     * @param highlights HTML with {@code <mark>} around matches; empty if the text was changed since
     */
    public record Found(MessageDocument document, List<String> highlights) {
        public Found {
            highlights = List.copyOf(highlights);
        }

        public String text() {
            return Objects.requireNonNull(document.text());
        }
    }

    /** Numbers of hits, largest first; intervals ascending. */
    record Facets(List<Count> conversations, List<Count> senders, Interval interval, List<TimeCount> times) {}

    record Count(String value, long count) {}

    /** @param from begin of the interval, in the request's time zone */
    record TimeCount(Instant from, long count) {}
}
