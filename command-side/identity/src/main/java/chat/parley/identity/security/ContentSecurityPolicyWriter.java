package chat.parley.identity.security;

import chat.parley.web.HttpProperties;
import chat.parley.web.address.RequestAddresses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What a page of this server may load and connect to ({@code Content-Security-Policy}): besides the server itself only the
 * push nodes, which are named, because "any WebSocket" would be a way out for whatever is written into a page.
 */
final class ContentSecurityPolicyWriter implements HeaderWriter {
    private static final String HEADER = "Content-Security-Policy";

    /** What {@link HttpProperties#contentSecurityPolicy} has in their place. */
    private static final String GATEWAYS = "{gateways}";

    private final String policy;
    private final RecommendedGateway gateways;

    ContentSecurityPolicyWriter(HttpProperties properties, ObjectProvider<RecommendedGateway> gateways) {
        this.policy = properties.contentSecurityPolicy();
        this.gateways = gateways.getIfAvailable(RecommendedGateway::sameServer);
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HEADER)) {
            response.setHeader(HEADER, policy.replace(GATEWAYS, origins(RequestAddresses.self(request))));
        }
    }

    private String origins(Optional<URI> self) {
        Collection<URI> urls = self.map(gateways::webSocketUrls).orElseGet(List::of);
        return urls.stream()
                .map(url -> url.getScheme() + "://" + url.getRawAuthority())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
