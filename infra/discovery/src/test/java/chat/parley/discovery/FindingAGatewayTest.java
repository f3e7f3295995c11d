package chat.parley.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingAGatewayTest {
    private final GatewayRegistry registry = new InProcessGatewayRegistry();

    @Test
    void nodesOfTheRegionComeFirstThenTheLeastLoaded() {
        register("busy-here", "seoul", 90, 100);
        register("idle-here", "seoul", 10, 100);
        register("idle-there", "dublin", 0, 100);
        register("half-there", "dublin", 500, 1000);

        assertThat(names("seoul")).containsExactly("idle-here", "busy-here", "idle-there", "half-there");
        assertThat(names("dublin")).containsExactly("idle-there", "half-there", "idle-here", "busy-here");
        assertThat(names(null)).containsExactly("idle-there", "idle-here", "half-there", "busy-here");
        assertThat(names("nowhere")).isEqualTo(names(null));
        assertThat(registry.recommended("seoul")).map(Gateway::node).hasValue("idle-here");
    }

    @Test
    void theLoadIsTheCurrentOne() {
        AtomicInteger sessions = new AtomicInteger(1);
        registry.register(gateway("one", "seoul", 100), sessions::get);
        register("two", "seoul", 2, 100);
        assertThat(names("seoul")).containsExactly("one", "two");

        sessions.set(3);
        assertThat(names("seoul")).containsExactly("two", "one");
        assertThat(registry.bestFirst("seoul").getLast().sessions()).isEqualTo(3);
    }

    @Test
    void aNodeThatRegistersAgainIsListedOnce() {
        GatewayRegistry.Lease former = register("one", "seoul", 1, 100);
        GatewayRegistry.Lease latter = register("one", "dublin", 2, 100);
        assertThat(registry.bestFirst(null)).extracting(Gateway::region).containsExactly("dublin");

        former.close();
        assertThat(names(null))
                .as("an old lease takes nothing of a newer one away")
                .containsExactly("one");

        latter.close();
        latter.close();
        assertThat(registry.bestFirst(null)).isEmpty();
        assertThat(registry.recommended(null)).isEmpty();
    }

    @Test
    void aGatewayWithoutCapacityIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> gateway("none", "seoul", 0));
    }

    private GatewayRegistry.Lease register(String node, String region, int sessions, int capacity) {
        return registry.register(gateway(node, region, capacity), () -> sessions);
    }

    private static Gateway gateway(String node, String region, int capacity) {
        return new Gateway(node, region, URI.create("ws://" + node + "/ws"), 0, capacity);
    }

    private List<String> names(@Nullable String region) {
        return registry.bestFirst(region).stream().map(Gateway::node).toList();
    }
}
