package chat.parley.search.history.query;

import chat.parley.search.history.document.MessageDocument;
import co.elastic.clients.elasticsearch._types.FieldValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of what was found. It may have fewer hits than were asked for, or none, and still not be the last: what has
 * been retracted since is left out.
 *
 * @param total        of all pages
 * @param totalIsExact false where there are at least this many
 * @param facets       where they were asked for
 * @param next         where the page after this one begins; empty on the last
 * @param pointInTime  names what is searched from now on
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
     * @param document   as it stands now, with its text
     * @param highlights HTML in which {@code <mark>} is around what was looked for; none where the text has been changed
     *                   since
     */
    public record Found(MessageDocument document, List<String> highlights) {
        public Found {
            highlights = List.copyOf(highlights);
        }

        public String text() {
            return Objects.requireNonNull(document.text());
        }
    }

    /** How many there are of each; the largest first, times ascending. */
    public record Facets(List<Count> conversations, List<Count> senders, Interval interval, List<TimeCount> times) {}

    public record Count(String value, long count) {}

    /** @param from when the interval begins, in the question's time zone */
    public record TimeCount(Instant from, long count) {}
}
