package chat.parley.eventprocessing.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharesOfSegmentsTest {
    @Property
    void eachSegmentIsOneNodesAndSharesAreEven(
            @ForAll @IntRange(min = 1, max = 7) int nodes,
            @ForAll @IntRange(min = 1, max = 16) int segments,
            @ForAll String processor) {
        List<ProcessingNode> alive = IntStream.range(0, nodes)
                .mapToObj(i -> new ProcessingNode("n" + i, Set.of(processor, "other")))
                .toList();
        int[] all = IntStream.range(0, segments).toArray();
        int[] shares = new int[nodes];
        for (int segment : all) {
            int owners = 0;
            for (int node = 0; node < nodes; node++) {
                if (ProcessingNode.isShare("n" + node, alive, processor, segment, all)) {
                    shares[node]++;
                    owners++;
                }
            }
            assertThat(owners).isOne();
        }
        assertThat(IntStream.of(shares).max().orElseThrow()
                        - IntStream.of(shares).min().orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void onlyNodesThatRunTheProcessorHaveAShare() {
        List<ProcessingNode> alive =
                List.of(new ProcessingNode("idle", Set.of("other")), new ProcessingNode("busy", Set.of("inbox")));
        int[] all = {0, 1, 2};
        for (int segment : all) {
            assertThat(ProcessingNode.isShare("busy", alive, "inbox", segment, all))
                    .isTrue();
            assertThat(ProcessingNode.isShare("idle", alive, "inbox", segment, all))
                    .isFalse();
        }
        assertThat(ProcessingNode.isShare("busy", List.of(), "inbox", 0, all)).isFalse();
    }
}
