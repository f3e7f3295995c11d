package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import chat.parley.discovery.Gateway;
import chat.parley.discovery.GatewayRegistry;
import chat.parley.discovery.GatewaySessions;
import chat.parley.identity.login.RecommendedGateway;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatewayConfigurationTest {
    private static final URI SELF = URI.create("https://chat.example");
    private static final URI ONE = URI.create("wss://one.example/ws");
    private static final URI OTHER = URI.create("wss://other.example:8443/ws");

    @Test
    void everyNodeAndTheServerItselfMayBeRecommended() {
        RecommendedGateway gateways =
                new GatewayConfiguration().recommendedGateway(new Listed(), Roles.complete(), ONE, "here");
        assertThat(gateways.webSocketUrl(SELF)).isEqualTo(OTHER);
        assertThat(gateways.webSocketUrls(SELF))
                .containsExactlyInAnyOrder(ONE, OTHER, URI.create("wss://chat.example/ws"));
    }

    @Test
    void withoutAPublicUrlOnlyTheServerItselfIsRecommended() {
        RecommendedGateway gateways =
                new GatewayConfiguration().recommendedGateway(new Listed(), Roles.complete(), null, "here");
        assertThat(gateways.webSocketUrls(SELF)).containsExactly(URI.create("wss://chat.example/ws"));
    }

    @Test
    void aProcessWithoutSocketsNeedsNoUrlToRecommendPushNodes() {
        RecommendedGateway gateways =
                new GatewayConfiguration().recommendedGateway(new Listed(), new Roles(Set.of(Role.API)), null, "here");
        assertThat(gateways.webSocketUrl(SELF)).isEqualTo(OTHER);
    }

    @Test
    void theSessionsOfANodeThatStopsGoToTheListedNodes() {
        GatewayConfiguration configuration = new GatewayConfiguration();
        assertThat(configuration.successorNodes(new Listed(), ONE, "here").of(2))
                .containsExactly(OTHER, OTHER);
        assertThat(configuration.successorNodes(new Listed(), null, "here").of(2))
                .isEmpty();
    }

    private static final class Listed implements GatewayRegistry {
        @Override
        public Registration register(Gateway gateway, GatewaySessions sessions) {
            throw new UnsupportedOperationException("These are registered already");
        }

        @Override
        public List<Gateway> bestFirst(@Nullable String region) {
            return List.of(new Gateway("other", "here", OTHER, 0, 10), new Gateway("one", "here", ONE, 5, 10));
        }
    }
}
