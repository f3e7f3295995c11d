package chat.parley.commands;

import jakarta.servlet.ServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The network address of whoever asks. */
final class Addresses {
    /** One household or server gets at least this much of IPv6, so single addresses in it count as one. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private Addresses() {}

    /** What rate limits count by. */
    static String of(ServletRequest request) {
        InetAddress address = parse(request);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_PREFIX_BYTES))
                : address.getHostAddress();
    }

    static boolean isLoopback(ServletRequest request) {
        return parse(request).isLoopbackAddress();
    }

    private static InetAddress parse(ServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr());
    }
}
