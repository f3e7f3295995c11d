package chat.parley.notifications.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Restricts connections to addresses of the public internet, because the hosts come from users. Excludes the
 * special-purpose registries of IANA (RFC 6890).
 */
public final class PublicAddresses {
    private static final List<Block> SPECIAL = List.of(
            block("0.0.0.0", 8),
            block("10.0.0.0", 8),
            block("100.64.0.0", 10),
            block("127.0.0.0", 8),
            block("169.254.0.0", 16),
            block("172.16.0.0", 12),
            block("192.0.0.0", 24),
            block("192.0.2.0", 24),
            block("192.88.99.0", 24),
            block("192.168.0.0", 16),
            block("198.18.0.0", 15),
            block("198.51.100.0", 24),
            block("203.0.113.0", 24),
            block("224.0.0.0", 3),
            // Teredo, ORCHID, benchmarking
            block("2001::", 23),
            block("2001:db8::", 32),
            // 6to4, which carries any IPv4 address
            block("2002::", 16),
            block("3fff::", 20));
    private static final Block GLOBAL_UNICAST = block("2000::", 3);

    private final boolean allowLoopback;

    /** @param allowLoopback for tests, whose servers run on this machine */
    public PublicAddresses(boolean allowLoopback) {
        this.allowLoopback = allowLoopback;
    }

    public boolean loopbackIsAllowed() {
        return allowLoopback;
    }

    boolean allows(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return allowLoopback;
        }
        return (address instanceof Inet4Address || GLOBAL_UNICAST.contains(address))
                && SPECIAL.stream().noneMatch(block -> block.contains(address));
    }

    /**
     * Resolves a host. All its addresses must be public, because the client may try any of them.
     *
     * @throws UnknownHostException also for an address that is not public, so that the answer reveals nothing about the
     * internal network
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
        if (!addresses.stream().allMatch(this::allows)) {
            throw new UnknownHostException("No public address");
        }
        return addresses;
    }

    private static Block block(String address, int bits) {
        return new Block(InetAddress.ofLiteral(address), bits);
    }

    private record Block(InetAddress first, int bits) {
        boolean contains(InetAddress address) {
            byte[] ours = first.getAddress();
            byte[] theirs = address.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = 8 - bits % 8;
            return Arrays.equals(ours, 0, whole, theirs, 0, whole)
                    && (rest == 8 || (ours[whole] & 0xff) >> rest == (theirs[whole] & 0xff) >> rest);
        }
    }
}
