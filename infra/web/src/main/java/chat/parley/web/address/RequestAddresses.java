package chat.parley.web.address;

import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;

/** Where a request comes from, as the connection or a trusted proxy says. */
public final class RequestAddresses {
    private RequestAddresses() {}

    /** What rate limits count by. */
    public static String of(ServletRequest request) {
        return ClientAddress.canonical(request.getRemoteAddr());
    }

    /** This server as the client has addressed it, without a path; empty where that is no address. */
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

    public static boolean isLoopback(ServletRequest request) {
        InetAddress address = ClientAddress.parse(request.getRemoteAddr());
        return address != null && address.isLoopbackAddress();
    }
}
