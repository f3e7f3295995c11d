package chat.parley.projections.inbox;

import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Selects the positions of an answer. Positions have no gaps, so this needs no reads.
 *
 * @param visible ascending spans up to the head
 */
public record VisiblePositions(List<Span> visible) {
    public static VisiblePositions of(Visibility visibility, long head) {
        return new VisiblePositions(visibility.within(1, head));
    }

    /** The first {@code limit} positions after this one. */
    public List<Span> after(long position, int limit) {
        if (position == Long.MAX_VALUE) {
            return List.of(); // Long.MAX_VALUE + 1 would overflow to the lowest number.
        }
        List<Span> taken = new ArrayList<>();
        long left = limit;
        for (Span span : visible) {
            long from = Math.max(span.from(), position + 1);
            if (left > 0 && from <= span.to()) {
                Span part = new Span(from, Math.min(span.to(), from + left - 1));
                taken.add(part);
                left -= size(part);
            }
        }
        return taken;
    }

    /** The last {@code limit} positions before this one, ascending. */
    public List<Span> before(long position, int limit) {
        List<Span> taken = new ArrayList<>();
        long left = limit;
        for (Span span : visible.reversed()) {
            long to = Math.min(span.to(), position - 1);
            if (left > 0 && to >= span.from()) {
                Span part = new Span(Math.max(span.from(), to - left + 1), to);
                taken.addFirst(part);
                left -= size(part);
            }
        }
        return taken;
    }

    /** Equally many positions before and from this one, or more of one side if the other is short. */
    public List<Span> around(long position, int limit) {
        long following = Math.max(size(after(position - 1, (limit + 1) / 2)), limit - size(before(position, limit)));
        List<Span> window = new ArrayList<>(before(position, (int) (limit - following)));
        window.addAll(after(position - 1, (int) following));
        return window;
    }

    /** Those of these positions that are visible, ascending and each once. */
    public List<Span> among(Collection<Long> positions) {
        return positions.stream()
                .sorted()
                .distinct()
                .filter(position -> visible.stream().anyMatch(span -> span.from() <= position && position <= span.to()))
                .map(position -> new Span(position, position))
                .toList();
    }

    public List<Span> newest(int limit) {
        return before(Visibility.OPEN, limit);
    }

    static long size(List<Span> spans) {
        return spans.stream().mapToLong(VisiblePositions::size).sum();
    }

    private static long size(Span span) {
        return span.to() - span.from() + 1;
    }
}
