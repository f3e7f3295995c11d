package chat.parley.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class AnnouncingThisNodeTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(DiscoveryConfiguration.class);

    @Test
    void aNodeThatCarriesNoSessionsIsNotListed() {
        runner.run(context -> assertThat(registry(context).bestFirst(null)).isEmpty());
    }

    @Test
    void aPushNodeIsListedWithItsActualPort() {
        runner.withBean(GatewaySessions.class, () -> () -> 7)
                .withPropertyValues("server.port=0", "local.server.port=4711")
                .run(context -> assertThat(registry(context).recommended("local"))
                        .hasValue(new Gateway(
                                "localhost:4711", "local", URI.create("ws://localhost:4711/ws"), 7, 10_000)));
    }

    @Test
    void theConfiguredUrlIsListed() {
        runner.withBean(GatewaySessions.class, () -> () -> 0)
                .withPropertyValues(
                        "parley.gateway.url=wss://chat.example/ws",
                        "parley.gateway.node=push-1",
                        "parley.gateway.region=seoul",
                        "parley.gateway.capacity=5")
                .run(context -> assertThat(registry(context).recommended(null))
                        .hasValue(new Gateway("push-1", "seoul", URI.create("wss://chat.example/ws"), 0, 5)));
    }

    @Test
    void aStoppedNodeIsNoLongerListed() {
        runner.withBean(GatewaySessions.class, () -> () -> 0).run(context -> {
            assertThat(registry(context).bestFirst(null)).hasSize(1);
            context.getBean(GatewayAnnouncement.class).stop();
            assertThat(registry(context).bestFirst(null)).isEmpty();
        });
    }

    private static GatewayRegistry registry(ApplicationContext context) {
        return context.getBean(GatewayRegistry.class);
    }
}
