package chat.parley.load.protocol;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * UUIDv7 clientMessageIds whose low bits, the tag, contain the block and the step of the message, so that its send time
 * is found by array index.
 */
public final class MessageIds {
    private static final int BLOCK_BITS = 16;
    private static final int STEP_BITS = 24;
    private static final int RANDOM_BITS = 62 - BLOCK_BITS - STEP_BITS;
    private static final int VERSION_7 = 0x7000;
    private static final int TIME_SHIFT = 16;
    private static final int RAND_A_BITS = 12;
    private static final long VARIANT = 1L << 63;
    private static final int UUID_LENGTH = 36;

    private MessageIds() {}

    public static String next(long nowMillis, int block, int step) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (nowMillis << TIME_SHIFT) | VERSION_7 | random.nextInt(1 << RAND_A_BITS);
        long low = VARIANT
                | ((long) random.nextInt(1 << RANDOM_BITS) << (BLOCK_BITS + STEP_BITS))
                | ((long) block << STEP_BITS)
                | step;
        return new UUID(high, low).toString();
    }

    /** 0 for an id of another form. */
    public static long tag(String clientMessageId) {
        return clientMessageId.length() == UUID_LENGTH
                ? UUID.fromString(clientMessageId).getLeastSignificantBits()
                : 0;
    }

    public static int block(long tag) {
        return (int) (tag >>> STEP_BITS) & ((1 << BLOCK_BITS) - 1);
    }

    public static int step(long tag) {
        return (int) tag & ((1 << STEP_BITS) - 1);
    }
}
