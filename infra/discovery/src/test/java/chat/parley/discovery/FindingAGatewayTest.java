package chat.parley.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingAGatewayTest {
    private final List<Gateway> gateways = new ArrayList<>();
    private final GatewayRegistry registry = new GatewayRegistry() {
        @Override
        public Registration register(Gateway gateway, GatewaySessions sessions) {
            throw new UnsupportedOperationException("These are registered already");
        }

        @Override
        public List<Gateway> bestFirst(@Nullable String region) {
            return gateways.stream().sorted(Gateway.bestFirst(region)).toList();
        }
    };

    @Test
    void nodesOfTheRegionComeFirstThenTheLeastLoaded() {
        gateways.add(gateway("busy-here", "seoul", 90, 100));
        gateways.add(gateway("idle-here", "seoul", 10, 100));
        gateways.add(gateway("idle-there", "dublin", 0, 100));
        gateways.add(gateway("half-there", "dublin", 500, 1000));

        assertThat(names("seoul")).containsExactly("idle-here", "busy-here", "idle-there", "half-there");
        assertThat(names("dublin")).containsExactly("idle-there", "half-there", "idle-here", "busy-here");
        assertThat(names(null)).containsExactly("idle-there", "idle-here", "half-there", "busy-here");
        assertThat(names("nowhere")).isEqualTo(names(null));
        assertThat(registry.recommended("seoul")).map(Gateway::node).hasValue("idle-here");
    }

    @Test
    void aFullNodeOfTheRegionComesAfterAFreeOneElsewhere() {
        gateways.add(gateway("full-here", "seoul", 100, 100));
        gateways.add(gateway("busy-there", "dublin", 99, 100));
        assertThat(names("seoul")).containsExactly("busy-there", "full-here");
    }

    @Test
    void theSessionsOfANodeThatEndsAreSpreadByTheFreeCapacity() {
        gateways.add(gateway("small", "seoul", 8, 10));
        gateways.add(gateway("large", "seoul", 10, 100));
        gateways.add(gateway("there", "dublin", 0, 1000));

        List<String> successors =
                registry.successors("seoul", 100).stream().map(Gateway::node).toList();
        assertThat(successors).hasSize(100);
        assertThat(successors.subList(0, 60)).containsOnly("large");
        assertThat(successors).filteredOn("small"::equals).hasSize(2);
        assertThat(successors).filteredOn("large"::equals).hasSize(90);
        assertThat(successors).filteredOn("there"::equals).hasSize(8);
        gateways.clear();
        assertThat(registry.successors("seoul", 100)).isEmpty();
    }

    @Test
    void aNodeByItselfHasItsCurrentLoadUntilItDrains() {
        GatewayRegistry alone = new InProcessGatewayRegistry();
        AtomicInteger sessions = new AtomicInteger(1);
        GatewayRegistry.Registration registration = alone.register(gateway("one", "seoul", 0, 100), sessions::get);
        sessions.set(3);
        assertThat(alone.bestFirst(null))
                .singleElement()
                .extracting(Gateway::sessions)
                .isEqualTo(3);

        registration.drain();
        registration.drain();
        assertThat(alone.bestFirst(null)).isEmpty();
        assertThat(alone.recommended(null)).isEmpty();
        assertThat(alone.successors("seoul", 3)).isEmpty();
    }

    @Test
    void aGatewayWithoutCapacityIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> gateway("none", "seoul", 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> gateway("negative", "seoul", -1, 10));
    }

    private static Gateway gateway(String node, String region, int sessions, int capacity) {
        return new Gateway(node, region, URI.create("ws://" + node + "/ws"), sessions, capacity);
    }

    private List<String> names(@Nullable String region) {
        return registry.bestFirst(region).stream().map(Gateway::node).toList();
    }
}
