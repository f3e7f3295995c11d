package chat.parley.web.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Applies the headers by which a trusted proxy names its client, and removes these headers from every request. A peer
 * that is no trusted proxy is the client itself. Because later handlers do not see these headers, they cannot trust a
 * forged one; HTTP and sockets both take the remote address of the request as the client.
 */
public final class TrustedProxies implements HttpConfiguration.Customizer {
    /** The attribute of a request that has come through any proxy, trusted or not. */
    public static final String PROXIED = TrustedProxies.class.getName() + ".proxied";

    private static final Logger log = LoggerFactory.getLogger(TrustedProxies.class);

    /** Replaces the address of the connection by the one that {@link ForwardedHeaders} has found. */
    private final ForwardedRequestCustomizer believing = new ForwardedRequestCustomizer();

    private final List<IpAddressMatcher> trusted;
    private final AtomicBoolean toldOfAnother = new AtomicBoolean();

    /** @param trusted addresses and ranges (CIDR) */
    public TrustedProxies(List<String> trusted) {
        this.trusted = trusted.stream().map(IpAddressMatcher::new).toList();
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        HttpFields received = request.getHeaders();
        if (received.stream().noneMatch(TrustedProxies::isOfProxy)) {
            return request;
        }
        request.setAttribute(PROXIED, true);
        InetAddress peer = peer(request);
        if (peer == null || !isTrusted(peer)) {
            tellOf(peer);
            return new WithHeaders(request, withoutForwarding(received));
        }
        HttpFields.Mutable believed = HttpFields.build(withoutForwarding(received));
        ForwardedHeaders.of(received, peer, this::isTrusted).addTo(believed);
        Request forwarded = believing.customize(new WithHeaders(request, believed.asImmutable()), responseHeaders);
        return new WithHeaders(forwarded, withoutForwarding(forwarded.getHeaders()));
    }

    public boolean isTrusted(InetAddress address) {
        String literal = address.getHostAddress();
        return trusted.stream().anyMatch(range -> range.matches(literal));
    }

    private static @Nullable InetAddress peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? remote.getAddress()
                : null;
    }

    private static boolean isOfProxy(HttpField field) {
        return isForwarding(field) || field.getHeader() == HttpHeader.VIA;
    }

    /** Includes headers that no trusted proxy needs, so that no later handler trusts them. */
    private static boolean isForwarding(HttpField field) {
        String name = field.getLowerCaseName();
        return name.startsWith("x-forwarded")
                || name.startsWith("x-proxied")
                || switch (name) {
                    case "forwarded", "x-real-ip", "proxy-auth-cert", "proxy-ssl-id" -> true;
                    default -> false;
                };
    }

    private static HttpFields withoutForwarding(HttpFields fields) {
        HttpFields.Mutable kept = HttpFields.build();
        for (HttpField field : fields) {
            if (!isForwarding(field)) {
                kept.add(field);
            }
        }
        return kept.asImmutable();
    }

    /**
     * Logged only for a peer in a private network, which may be the operator's own proxy. Any client on the internet
     * can send forged headers.
     */
    private void tellOf(@Nullable InetAddress peer) {
        if (peer != null
                && (peer.isLoopbackAddress() || peer.isSiteLocalAddress())
                && toldOfAnother.compareAndSet(false, true)) {
            log.warn(
                    "Forwarded headers from {} are ignored. If it is your proxy, list it in"
                            + " parley.http.trusted-proxies; until then all clients behind it share their limits",
                    ClientAddress.canonical(peer));
        }
    }

    private static final class WithHeaders extends Request.Wrapper {
        private final HttpFields headers;

        WithHeaders(Request request, HttpFields headers) {
            super(request);
            this.headers = headers;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
