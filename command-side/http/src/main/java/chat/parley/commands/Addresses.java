package chat.parley.commands;

import chat.parley.api.ClientAddress;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;

/** Where a request comes from, as the connection or a trusted proxy says. */
final class Addresses {
    private Addresses() {}

    /** What rate limits count by. */
    static String of(ServletRequest request) {
        return ClientAddress.canonical(request.getRemoteAddr());
    }

    static boolean isLoopback(ServletRequest request) {
        InetAddress address = ClientAddress.parse(request.getRemoteAddr());
        return address != null && address.isLoopbackAddress();
    }
}
