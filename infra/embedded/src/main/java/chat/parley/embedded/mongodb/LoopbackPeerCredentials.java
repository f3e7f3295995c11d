package chat.parley.embedded.mongodb;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the user at the other end of a loopback connection in Linux's {@code /proc/net}. */
public final class LoopbackPeerCredentials {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int UID = 7;

    private LoopbackPeerCredentials() {}

    /** False on other operating systems. */
    public static boolean canBeKnown() {
        return Files.isReadable(TABLES.getFirst());
    }

    /** The owner of the socket at {@code peer} that is connected to {@code here}; empty if there is none. */
    public static OptionalLong uid(InetSocketAddress peer, InetSocketAddress here) throws IOException {
        String local = inTable(peer);
        String remote = inTable(here);
        for (Path table : TABLES) {
            if (!Files.isReadable(table)) {
                continue;
            }
            try (Stream<String> rows = Files.lines(table)) {
                // An IPv4 address in the IPv6 table ends with its form in the IPv4 table.
                OptionalLong uid = rows.map(row -> BLANKS.split(row.strip()))
                        .filter(row -> row.length > UID && row[LOCAL].endsWith(local) && row[REMOTE].endsWith(remote))
                        .mapToLong(row -> Long.parseLong(row[UID]))
                        .findFirst();
                if (uid.isPresent()) {
                    return uid;
                }
            }
        }
        return OptionalLong.empty();
    }

    private static String inTable(InetSocketAddress address) {
        int ip = ByteBuffer.wrap(address.getAddress().getAddress())
                .order(ByteOrder.nativeOrder())
                .getInt();
        return "%08X:%04X".formatted(ip, address.getPort());
    }
}
