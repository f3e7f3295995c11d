package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

class LongToPositionMapProperties {
    private static final int MANY = 1_000_000;

    @Property(tries = 100)
    void behavesLikeAMapAndSurvivesASnapshot(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Long> expected = new HashMap<>();
        LongToPositionMap index = new LongToPositionMap();
        int steps = random.nextInt(300);
        for (int step = 1; step <= steps; step++) {
            long key = random.nextBoolean() ? random.nextInt(1_000) : random.nextLong();
            long position = random.nextBoolean() ? step : random.nextLong(1, Long.MAX_VALUE);
            index.put(key, position);
            expected.put(key, position);
        }
        JsonMapper json = new JsonMapper();
        LongToPositionMap read = json.readValue(json.writeValueAsString(index), LongToPositionMap.class);

        assertThat(expected).allSatisfy((key, position) -> {
            assertThat(index.find(key)).hasValue(position);
            assertThat(read.find(key)).hasValue(position);
        });
        assertThat(read.written()).isEqualTo(index.written());
    }

    @Example
    void aMillionEntriesTakeAFewBytesEach() {
        LongToPositionMap byPosition = new LongToPositionMap();
        LongToPositionMap byHash = new LongToPositionMap();
        Random random = new Random(1);
        for (long position = 1; position <= MANY; position++) {
            byPosition.put(2 * position, 2 * position + 1);
            byHash.put(random.nextLong(), position);
        }

        assertThat(byPosition.written()).hasSizeLessThan(4 * MANY);
        assertThat(byHash.written()).hasSizeLessThan(11 * MANY);
    }
}
