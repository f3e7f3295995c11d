package chat.parley.load.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * Twos out of an even number of people, no two the same and everybody in as many as anybody else, as a tournament
 * pairs its players: in each round everybody meets one other, and after all rounds everybody has met all others.
 */
public final class RoundRobinPairing {
    private RoundRobinPairing() {}

    /** @throws IllegalArgumentException when there are fewer couples than that, or the number of people is odd */
    public static <T> List<List<T>> of(List<T> people, int count) {
        int size = people.size();
        if (size % 2 != 0 || count > (long) size * (size - 1) / 2) {
            throw new IllegalArgumentException("No " + count + " couples of " + size + " people");
        }
        List<List<T>> couples = new ArrayList<>(count);
        int perRound = size / 2;
        int turning = size - 1;
        for (int i = 0; i < count; i++) {
            int round = i / perRound;
            int match = i % perRound;
            T one = people.get((round + match) % turning);
            T other = match == 0 ? people.getLast() : people.get((round + turning - match) % turning);
            couples.add(List.of(one, other));
        }
        return couples;
    }
}
