package chat.parley.api.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VisibilityTest {
    private static final HistoryAccess SINCE_JOINED = HistoryAccess.SINCE_JOINED;

    @Test
    void aMemberSeesTheirOwnJoiningAndLeavingAndTheEntriesBetween() {
        Visibility visibility = Visibility.NOTHING.joined(5, SINCE_JOINED).left(9);

        assertThat(visibility.sees(4)).isFalse();
        assertThat(visibility.sees(5)).isTrue();
        assertThat(visibility.sees(9)).isTrue();
        assertThat(visibility.sees(10)).isFalse();
        assertThat(visibility.isOpen()).isFalse();
    }

    @Test
    void aReturningMemberDoesNotSeeTheEntriesOfTheAbsence() {
        Visibility visibility =
                Visibility.NOTHING.joined(5, SINCE_JOINED).left(9).joined(20, SINCE_JOINED);

        assertThat(visibility.within(1, 30)).containsExactly(new Visibility.Span(5, 9), new Visibility.Span(20, 30));
        assertThat(visibility.lastVisible(15)).hasValue(9);
        assertThat(visibility.lastVisible(25)).hasValue(25);
        assertThat(visibility.lastVisible(4)).isEmpty();
    }

    @Test
    void aGroupWithAllHistoryIsSeenFromItsStart() {
        assertThat(Visibility.NOTHING.joined(50, HistoryAccess.ALL).sees(1)).isTrue();
    }

    /** A read model may apply events again after a restart. */
    @Property
    void applyingAllMembershipChangesAgainChangesNothing(
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 10) Integer> gaps) {
        Visibility once = replay(Visibility.NOTHING, gaps);

        assertThat(replay(once, gaps)).isEqualTo(once);
    }

    private static Visibility replay(Visibility from, List<Integer> gaps) {
        Visibility visibility = from;
        long position = 0;
        boolean joins = true;
        for (int gap : gaps) {
            position += gap;
            visibility = joins ? visibility.joined(position, SINCE_JOINED) : visibility.left(position);
            joins = !joins;
        }
        return visibility;
    }
}
