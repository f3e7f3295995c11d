package chat.parley.app;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Creates event identifiers as UUIDv7. Identifiers of the same moment are adjacent, so that the unique index over all
 * events grows at its end. They are not secret.
 */
public final class TimeOrderedIdentifiers extends IdentifierFactory {
    private static final int TIME_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_OF_VERSION = 0x0FFFL;
    private static final long VARIANT_2 = Long.MIN_VALUE;
    private static final int VARIANT_BITS = 2;

    @Override
    public String generateIdentifier() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << TIME_SHIFT) | VERSION_7 | (random.nextLong() & RANDOM_OF_VERSION);
        long low = VARIANT_2 | (random.nextLong() >>> VARIANT_BITS);
        return new UUID(high, low).toString();
    }
}
