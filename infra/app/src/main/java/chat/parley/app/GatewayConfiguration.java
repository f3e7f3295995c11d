package chat.parley.app;

import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import chat.parley.app.role.ConditionalOnRole;
import chat.parley.discovery.DiscoveryConfiguration;
import chat.parley.discovery.Gateway;
import chat.parley.discovery.GatewayRegistry;
import chat.parley.discovery.GatewaySessions;
import chat.parley.identity.login.RecommendedGateway;
import chat.parley.push.session.SocketSessionCount;
import chat.parley.push.session.SuccessorNodes;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Registers this node's push tier, if it has one, and recommends the best push node at login. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.API, Role.PUSH})
@Import(DiscoveryConfiguration.class)
class GatewayConfiguration {
    private static final String OWN_URL = "${parley.gateway.url:#{null}}";
    private static final String OWN_REGION = "${parley.gateway.region:local}";

    @Bean
    @ConditionalOnRole(Role.PUSH)
    GatewaySessions gatewaySessions(SocketSessionCount sessions) {
        return sessions::open;
    }

    /** A push node without a public URL recommends the address that the client used for its request. */
    @Bean
    RecommendedGateway recommendedGateway(
            GatewayRegistry registry,
            Roles roles,
            @Value(OWN_URL) @Nullable URI ownUrl,
            @Value(OWN_REGION) String region) {
        RecommendedGateway sameServer = RecommendedGateway.sameServer();
        return roles.has(Role.PUSH) && ownUrl == null ? sameServer : new ListedGateway(registry, region, sameServer);
    }

    /** A client of a node without a public URL reconnects to the address that it used before. */
    @Bean
    @ConditionalOnRole(Role.PUSH)
    SuccessorNodes successorNodes(
            GatewayRegistry registry, @Value(OWN_URL) @Nullable URI ownUrl, @Value(OWN_REGION) String region) {
        return sessions -> ownUrl == null
                ? List.of()
                : registry.successors(region, sessions).stream()
                        .map(Gateway::url)
                        .toList();
    }

    private record ListedGateway(GatewayRegistry registry, String region, RecommendedGateway otherwise)
            implements RecommendedGateway {
        @Override
        public URI webSocketUrl(URI self) {
            return registry.recommended(region).map(Gateway::url).orElseGet(() -> otherwise.webSocketUrl(self));
        }

        @Override
        public Collection<URI> webSocketUrls(URI self) {
            return Stream.concat(
                            registry.bestFirst(null).stream().map(Gateway::url), otherwise.webSocketUrls(self).stream())
                    .toList();
        }
    }
}
