package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.inbox.VisiblePositions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class VisiblePositionsTest {
    @Property(tries = 500)
    void equalsCountingTheVisiblePositions(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 9) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 12) int limit,
            @ForAll @IntRange(min = -2, max = 70) int position) {
        List<Span> spans = new ArrayList<>();
        long next = 1;
        for (int i = 0; i < lengths.size(); i++) {
            if (i % 2 == 0) {
                spans.add(new Span(next, next + lengths.get(i) - 1));
            }
            next += lengths.get(i);
        }
        VisiblePositions window = new VisiblePositions(spans);
        List<Long> visible = positions(spans);
        List<Long> before = visible.stream().filter(p -> p < position).toList();
        List<Long> following = visible.stream().filter(p -> p >= position).toList();

        assertThat(positions(window.after(position, limit)))
                .isEqualTo(
                        visible.stream().filter(p -> p > position).limit(limit).toList());
        assertThat(positions(window.before(position, limit))).isEqualTo(last(before, limit));
        assertThat(positions(window.newest(limit))).isEqualTo(last(visible, limit));
        List<Long> around = positions(window.around(position, limit));
        assertThat(around).isSubsetOf(visible).isSorted().doesNotHaveDuplicates();
        assertThat(around).hasSize(Math.min(limit, visible.size()));
        long ahead = around.stream().filter(p -> p < position).count();
        assertThat(ahead).isBetween((long) Math.min(before.size(), limit / 2), (long)
                Math.max(limit / 2, limit - following.size()));
        assertThat(around).isEqualTo(expectedAround(before, following, (int) ahead, limit));
    }

    @Example
    void nothingComesAfterTheHighestPosition() {
        assertThat(VisiblePositions.of(Visibility.ALL, 3).after(Long.MAX_VALUE, 10))
                .isEmpty();
    }

    private static List<Long> expectedAround(List<Long> before, List<Long> following, int ahead, int limit) {
        List<Long> expected = new ArrayList<>(last(before, ahead));
        expected.addAll(following.stream().limit(limit - ahead).toList());
        return expected;
    }

    private static List<Long> last(List<Long> positions, int count) {
        return positions.subList(Math.max(0, positions.size() - count), positions.size());
    }

    private static List<Long> positions(List<Span> spans) {
        return spans.stream()
                .flatMap(span -> LongStream.rangeClosed(span.from(), span.to()).boxed())
                .toList();
    }
}
