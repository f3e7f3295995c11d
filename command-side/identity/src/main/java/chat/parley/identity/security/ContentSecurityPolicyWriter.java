package chat.parley.identity.security;

import chat.parley.identity.login.RecommendedGateway;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.web.BrowserPage;
import chat.parley.web.address.RequestAddresses;
import chat.parley.web.settings.HttpProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Writes the {@code Content-Security-Policy} header. Besides the server itself a page may connect to the push nodes and
 * to the issuer that it logs in at only. They are listed by URL, because a policy that allows any WebSocket would let injected script send data to any
 * server.
 */
final class ContentSecurityPolicyWriter implements HeaderWriter {
    private static final String HEADER = "Content-Security-Policy";

    /** The placeholder for them in {@link HttpProperties#contentSecurityPolicy}. */
    private static final String GATEWAYS = "{gateways}";

    /** The placeholder for {@link BrowserPage#inlineScripts}. */
    private static final String SCRIPTS = "{scripts}";

    private static final String DOCUMENTATION = "/swagger-ui/";

    private final String policy;
    private final String documentationPolicy;
    private final RecommendedGateway gateways;
    private final Optional<URI> issuer;

    ContentSecurityPolicyWriter(
            HttpProperties properties,
            AuthProperties auth,
            ObjectProvider<RecommendedGateway> gateways,
            ObjectProvider<BrowserPage> page) {
        this.issuer = Optional.ofNullable(auth.issuerUri())
                .filter(uri -> auth.external() && auth.clientId() != null)
                .map(URI::create);
        String inlineScripts = page.stream().map(BrowserPage::inlineScripts).collect(Collectors.joining(" "));
        this.policy = properties.contentSecurityPolicy().replace(SCRIPTS, inlineScripts);
        this.documentationPolicy = properties.documentationPolicy();
        this.gateways = gateways.getIfAvailable(RecommendedGateway::sameServer);
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HEADER)) {
            response.setHeader(HEADER, policyFor(request));
        }
    }

    private String policyFor(HttpServletRequest request) {
        return request.getRequestURI().startsWith(DOCUMENTATION)
                ? documentationPolicy
                : policy.replace(GATEWAYS, origins(RequestAddresses.self(request)));
    }

    private String origins(Optional<URI> self) {
        Collection<URI> urls = self.map(gateways::webSocketUrls).orElseGet(List::of);
        return Stream.concat(urls.stream(), issuer.stream())
                .map(url -> url.getScheme() + "://" + url.getRawAuthority())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
