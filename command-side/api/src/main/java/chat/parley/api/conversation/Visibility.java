package chat.parley.api.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The positions of one conversation that one user may see, as ascending, disjoint spans. A span reaches from the user's
 * {@code joined} entry to the user's {@code left} entry, both included. Every module decides by this class. Immutable.
 *
 * <p>An entry has an effect only for users who see its position. This includes edits and retractions: see {@link
 * #reading}.
 */
public record Visibility(@JsonValue List<Span> spans) {
    /** End of a span of a user who is still a member. */
    public static final long OPEN = Long.MAX_VALUE;

    public static final Visibility NOTHING = new Visibility(List.of());
    public static final Visibility ALL = new Visibility(List.of(new Span(1, OPEN)));

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Visibility {
        spans = List.copyOf(spans);
    }

    /** Positions {@code from} to {@code to}, both included. */
    public record Span(long from, long to) {
        public boolean contains(long position) {
            return from <= position && position <= to;
        }
    }

    /**
     * How a message reads for this user.
     *
     * @param edit       position of the edit whose text replaces the message's; null for the original text, or none
     * @param retraction position of the retraction that removed the text; null if there is none
     */
    public record Reading(@Nullable Long edit, @Nullable Long retraction) {
        public static final Reading AS_SENT = new Reading(null, null);

        public boolean isRetracted() {
            return retraction != null;
        }
    }

    /**
     * How a message reads that has edits and retractions at these positions, each in any order. A visible retraction
     * removes the text, even if an edit follows it. Otherwise the newest visible edit replaces the text.
     */
    public Reading reading(Collection<Long> edits, Collection<Long> retractions) {
        Optional<Long> retraction = retractions.stream().filter(this::sees).min(Comparator.naturalOrder());
        return retraction
                .map(position -> new Reading(null, position))
                .orElseGet(() -> new Reading(newest(edits).orElse(null), null));
    }

    /** The highest of these positions that the user sees. */
    public Optional<Long> newest(Collection<Long> positions) {
        return positions.stream().filter(this::sees).max(Comparator.naturalOrder());
    }

    public boolean sees(long position) {
        for (Span span : spans) {
            if (span.contains(position)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the user is a member now. */
    public boolean isOpen() {
        return !spans.isEmpty() && spans.getLast().to() == OPEN;
    }

    /** Whether the user is a member and never left: all later changes of visible entries are visible too. */
    public boolean isUnbroken() {
        return isOpen() && spans.size() == 1;
    }

    /** The highest visible position of a log that ends at {@code head}; empty where nothing is visible. */
    public OptionalLong lastVisible(long head) {
        for (Span newest : spans.reversed()) {
            if (newest.from() <= head) {
                return OptionalLong.of(Math.min(newest.to(), head));
            }
        }
        return OptionalLong.empty();
    }

    /** Visibility after the user joined at this position. Applying the same event again changes nothing. */
    public Visibility joined(long position, HistoryAccess history) {
        if (isOpen() || spans.stream().anyMatch(span -> span.contains(position))) {
            return this;
        }
        if (history == HistoryAccess.ALL) {
            return ALL;
        }
        List<Span> grown = new ArrayList<>(spans);
        grown.add(new Span(position, OPEN));
        return new Visibility(grown);
    }

    /** Visibility after the user left at this position, which stays visible. */
    public Visibility left(long position) {
        if (!isOpen() || spans.getLast().from() > position) {
            return this;
        }
        List<Span> closed = new ArrayList<>(spans);
        closed.set(closed.size() - 1, new Span(spans.getLast().from(), position));
        return new Visibility(closed);
    }

    /** The parts of {@code from} to {@code to} (both included) that are visible, ascending. */
    public List<Span> within(long from, long to) {
        return spans.stream()
                .filter(span -> span.from() <= to && span.to() >= from)
                .map(span -> new Span(Math.max(span.from(), from), Math.min(span.to(), to)))
                .toList();
    }
}
