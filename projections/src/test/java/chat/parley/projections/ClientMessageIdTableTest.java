package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.projections.entry.ClientMessageIdTable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientMessageIdTableTest {
    private final ClientMessageIdTable ids = new ClientMessageIdTable();

    @Test
    void findsEveryIdAndNoOther() {
        IntStream.rangeClosed(1, 50_000).forEach(position -> ids.add("user:id-" + position, position));
        for (int position = 1; position <= 50_000; position++) {
            long expected = position;
            assertThat(ids.find("user:id-" + position, candidate -> candidate == expected))
                    .isEqualTo(position);
        }
        assertThat(ids.find("user:id-50001", candidate -> true)).isZero();
        assertThat(ids.bytes()).isLessThan(50_000 * 54);
    }

    @Test
    void verifiesEveryPositionWithTheSameHash() {
        ids.add("same", 3);
        ids.add("same", 9);
        assertThat(ids.find("same", position -> position == 9)).isEqualTo(9);
        assertThat(ids.find("same", position -> false)).isZero();
    }
}
