package chat.parley.web.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The network address of a client in the form that every limit counts by. A household or server has at least a /64 of
 * IPv6, so the addresses of a /64 count as one. An IPv4 address counts as the same in each of its notations.
 */
public final class ClientAddress {
    /** The address of a client that has disconnected or whose address is unknown. All of these count as one. */
    private static final String UNKNOWN = "unknown";

    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int IPV4_OFFSET = 12;

    /** 64:ff9b::/96 (RFC 6052): the form of IPv4 addresses on a server that has only IPv6. */
    private static final byte[] TRANSLATED = HexFormat.of().parseHex("0064ff9b0000000000000000");

    private ClientAddress() {}

    /** @param literal an address, also in brackets or with a zone */
    public static String canonical(@Nullable String literal) {
        InetAddress address = parse(literal);
        return address == null ? UNKNOWN : canonical(address);
    }

    public static String canonical(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        return Arrays.equals(TRANSLATED, 0, IPV4_OFFSET, bytes, 0, IPV4_OFFSET)
                ? dotted(bytes)
                : HexFormat.ofDelimiter(":").formatHex(bytes, 0, IPV6_PREFIX_BYTES) + "::/64";
    }

    /** Null if the literal is no address. Names are not looked up. */
    public static @Nullable InetAddress parse(@Nullable String literal) {
        if (literal == null) {
            return null;
        }
        int zone = literal.indexOf('%');
        boolean bracketed = literal.startsWith("[") && literal.endsWith("]");
        try {
            return InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(bracketed ? 1 : 0, zone));
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static String dotted(byte[] bytes) {
        return "%d.%d.%d.%d"
                .formatted(
                        Byte.toUnsignedInt(bytes[IPV4_OFFSET]),
                        Byte.toUnsignedInt(bytes[IPV4_OFFSET + 1]),
                        Byte.toUnsignedInt(bytes[IPV4_OFFSET + 2]),
                        Byte.toUnsignedInt(bytes[IPV4_OFFSET + 3]));
    }
}
