package chat.parley.vault.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * The keys of one conversation's days, counted from 1970-01-01 in UTC. The key of each day is a hash of the day before's:
 * whoever has the key of a day has those of all later days, and of none before. Thread-safe.
 */
public final class KeyChain {
    /** A hundred years. A longer walk can only be a forged day. */
    static final int MOST_DAYS = 36_525;

    private static final byte[] NEXT = "next".getBytes(StandardCharsets.US_ASCII);

    /** Every 32nd key is kept in memory, so that a read of a long history does not walk it all for each day. */
    private static final int STRIDE = 32;

    private final long firstDay;
    private final List<byte[]> marks = new ArrayList<>();

    public KeyChain(long firstDay, byte[] firstKey) {
        this.firstDay = firstDay;
        this.marks.add(firstKey.clone());
    }

    public long firstDay() {
        return firstDay;
    }

    /**
     * The key of a day; empty if it is before the first day.
     *
     * @throws IllegalStateException if the day is more than a hundred years after the first day
     */
    public Optional<byte[]> key(long day) {
        if (day < firstDay) {
            return Optional.empty();
        }
        long steps = day - firstDay;
        if (steps < 0 || steps > MOST_DAYS) {
            throw new IllegalStateException("There is no key for day " + day + ", a hundred years after " + firstDay);
        }
        byte[] key = mark((int) steps / STRIDE);
        for (long step = 0; step < steps % STRIDE; step++) {
            key = next(key);
        }
        return Optional.of(key.clone());
    }

    private synchronized byte[] mark(int number) {
        while (marks.size() <= number) {
            byte[] key = marks.getLast();
            for (int step = 0; step < STRIDE; step++) {
                key = next(key);
            }
            marks.add(key);
        }
        return marks.get(number);
    }

    private static byte[] next(byte[] key) {
        Mac mac = Hmac.keyed(key);
        return mac.doFinal(NEXT);
    }
}
