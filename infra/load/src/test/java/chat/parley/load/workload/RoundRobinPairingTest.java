package chat.parley.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinPairingTest {
    private static final List<Integer> PEOPLE = IntStream.range(0, 10).boxed().toList();

    @Test
    void pairsEveryUserWithEveryOtherOnce() {
        Set<Set<Integer>> couples = new HashSet<>();
        RoundRobinPairing.of(PEOPLE, 45).forEach(couple -> couples.add(Set.copyOf(couple)));

        assertThat(couples).hasSize(45).allMatch(couple -> couple.size() == 2);
    }

    @Test
    void eachRoundHasEveryUserOnce() {
        for (int rounds = 1; rounds <= 9; rounds++) {
            List<Integer> round =
                    RoundRobinPairing.of(PEOPLE, 5 * rounds).subList(5 * (rounds - 1), 5 * rounds).stream()
                            .flatMap(List::stream)
                            .toList();

            assertThat(round).containsExactlyInAnyOrderElementsOf(PEOPLE);
        }
    }

    @Test
    void refusesMoreRoundsThanExist() {
        assertThatThrownBy(() -> RoundRobinPairing.of(PEOPLE, 46)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RoundRobinPairing.of(PEOPLE.subList(0, 3), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
