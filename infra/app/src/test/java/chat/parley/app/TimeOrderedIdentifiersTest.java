package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class TimeOrderedIdentifiersTest {
    private static final int TIME_DIGITS = 13;

    @Test
    void areUsedByAxonForItsMessages() {
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(TimeOrderedIdentifiers.class);
    }

    @Test
    void areUuidsOfVersion7WithTheCurrentTime() {
        long before = System.currentTimeMillis();
        UUID id = UUID.fromString(new TimeOrderedIdentifiers().generateIdentifier());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void sortAsTextByTheirTimeAndNeverRepeat() {
        TimeOrderedIdentifiers identifiers = new TimeOrderedIdentifiers();
        Set<String> all = new HashSet<>();
        String newest = "";
        for (int i = 0; i < 100_000; i++) {
            String id = identifiers.generateIdentifier();
            String time = id.substring(0, TIME_DIGITS);
            assertThat(time).isGreaterThanOrEqualTo(newest);
            newest = time;
            assertThat(all.add(id)).isTrue();
        }
    }
}
