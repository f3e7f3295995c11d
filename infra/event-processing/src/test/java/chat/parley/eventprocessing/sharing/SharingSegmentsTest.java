package chat.parley.eventprocessing.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes over one PostgreSQL. Their processors claim a segment if nobody who is alive owns it. */
class SharingSegmentsTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int SEGMENTS = 6;

    private final Database database = TestPostgres.database();
    private final Map<Integer, String> owners = new ConcurrentHashMap<>();
    private final List<SegmentLeases> nodes = new ArrayList<>();

    private final class Processor implements SharedProcessor {
        private final SegmentLeases node;

        Processor(SegmentLeases node) {
            this.node = node;
        }

        @Override
        public String name() {
            return "inbox@g1";
        }

        @Override
        public int[] segments() {
            return IntStream.range(0, SEGMENTS).toArray();
        }

        @Override
        public Map<Integer, Long> held() {
            Map<Integer, Long> held = new HashMap<>();
            owners.forEach((segment, owner) -> {
                if (owner.equals(node.self())) {
                    held.put(segment, 0L);
                }
            });
            return held;
        }

        @Override
        public boolean isHeldWhole() {
            return held().size() == SEGMENTS;
        }

        @Override
        public void claim(int segment) {
            owners.compute(segment, (_, owner) -> owner != null && node.others().contains(owner) ? owner : node.self());
        }

        @Override
        public void release(int segment) {
            owners.remove(segment, node.self());
        }
    }

    private SegmentLeases begin() {
        SegmentLeases node = new SegmentLeases(database.dataSource());
        RunningProcessors running = new RunningProcessors();
        node.share(running);
        node.start();
        running.add(new Processor(node));
        nodes.add(node);
        return node;
    }

    private void awaitShares(SegmentLeases... sharing) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(owners).hasSize(SEGMENTS);
            for (SegmentLeases node : sharing) {
                assertThat(owners.values().stream().filter(node.self()::equals)).hasSize(SEGMENTS / sharing.length);
            }
        });
    }

    @AfterEach
    void stop() {
        nodes.forEach(SegmentLeases::stop);
        database.close();
    }

    @Test
    void isEvenAgainWheneverANodeBeginsOrEnds() {
        SegmentLeases one = begin();
        awaitShares(one);
        SegmentLeases two = begin();
        awaitShares(one, two);
        SegmentLeases three = begin();
        awaitShares(one, two, three);
        one.stop();
        awaitShares(two, three);
    }

    @Test
    void aDeadNodesSegmentsAreClaimedWhenItsLeaseHasEnded() {
        NodeTable table = new NodeTable(database.dataSource());
        table.renew("dead", List.of("inbox@g1"), Duration.ofSeconds(3));
        IntStream.range(0, SEGMENTS).forEach(segment -> owners.put(segment, "dead"));
        SegmentLeases survivor = begin();
        Awaitility.await().atMost(LIMIT).until(() -> survivor.others().contains("dead"));
        assertThat(owners).containsValue("dead");
        awaitShares(survivor);
        assertThat(survivor.others()).isEmpty();
    }

    @Test
    void whoHasNoLeaseYetClaimsNothing() {
        SegmentLeases node = new SegmentLeases(database.dataSource());
        assertThat(node.isOurs("inbox@g1", 0, new int[] {0})).isFalse();
    }
}
