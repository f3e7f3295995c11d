package chat.parley.load.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * Distinct pairs of an even number of people, each in equally many pairs, by the circle method of round-robin
 * tournaments: each round contains everybody once, and all rounds together contain every pair once.
 */
public final class RoundRobinPairing {
    private RoundRobinPairing() {}

    /** @throws IllegalArgumentException if there are fewer pairs than that, or the number of people is odd */
    public static <T> List<List<T>> of(List<T> people, int count) {
        int size = people.size();
        if (size % 2 != 0 || count > (long) size * (size - 1) / 2) {
            throw new IllegalArgumentException("No " + count + " pairs of " + size + " people");
        }
        List<List<T>> pairs = new ArrayList<>(count);
        int perRound = size / 2;
        int turning = size - 1;
        for (int i = 0; i < count; i++) {
            int round = i / perRound;
            int match = i % perRound;
            T one = people.get((round + match) % turning);
            T other = match == 0 ? people.getLast() : people.get((round + turning - match) % turning);
            pairs.add(List.of(one, other));
        }
        return pairs;
    }
}
