package chat.parley.web.address;

import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;

/** The addresses of a request, from the connection or a trusted proxy. */
public final class RequestAddresses {
    private RequestAddresses() {}

    /** The address that rate limits count by. */
    public static String of(ServletRequest request) {
        return ClientAddress.canonical(request.getRemoteAddr());
    }

    /** This server as the client has addressed it, without a path; empty if that is no valid address. */
    public static Optional<URI> self(ServletRequest request) {
        try {
            return Optional.of(UriComponentsBuilder.newInstance()
                    .scheme(request.getScheme())
                    .host(request.getServerName())
                    .port(isDefaultPort(request) ? -1 : request.getServerPort())
                    .build()
                    .toUri());
        } catch (IllegalStateException noAddress) {
            return Optional.empty();
        }
    }

    private static boolean isDefaultPort(ServletRequest request) {
        return request.getServerPort() == (request.isSecure() ? 443 : 80);
    }

    /** Whether the request comes from this machine and not through a proxy. */
    public static boolean isDirectAndLocal(ServletRequest request) {
        InetAddress address = ClientAddress.parse(request.getRemoteAddr());
        return address != null && address.isLoopbackAddress() && request.getAttribute(TrustedProxies.PROXIED) == null;
    }
}
