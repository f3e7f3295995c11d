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
 * Heeds the headers by which a proxy says on whose behalf it asks, where the proxy is one of ours; whoever else sends them
 * is taken for themselves. Nobody behind this sees these headers, so that nothing else can believe them, and HTTP and
 * sockets alike take the client for the remote address of the request.
 */
public final class TrustedProxies implements HttpConfiguration.Customizer {
    /** The attribute of a request that has come through some proxy, whether we trust that one or not. */
    public static final String PROXIED = TrustedProxies.class.getName() + ".proxied";

    private static final Logger log = LoggerFactory.getLogger(TrustedProxies.class);

    /** Puts what {@link ForwardedHeaders} has found out in the place of what the connection says. */
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

    /** With the kinds that no trusted proxy needs, so that nothing behind this takes them for true. */
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

    /** A proxy of one's own stands near. What anybody on the internet makes up is not worth a line. */
    private void tellOf(@Nullable InetAddress peer) {
        if (peer != null
                && (peer.isLoopbackAddress() || peer.isSiteLocalAddress())
                && toldOfAnother.compareAndSet(false, true)) {
            log.warn(
                    "Forwarded headers have come from {} and are not heeded. If that is your proxy, name it in "
                            + "parley.http.trusted-proxies: until then everybody behind it shares its limits",
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
