package chat.parley.embedded.process;

import chat.parley.api.process.StartupFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports on this machine. */
public final class Ports {

    /** Below the ephemeral range, so that no outgoing connection takes the port between two uses. */
    private static final int FIRST_STEADY = 20_000;

    private static final int AFTER_STEADY = 32_000;

    private static final int PORTS_TO_TRY = 100;

    private Ports() {}

    /** A port that will most likely be free again when a server on it restarts. */
    public static int steady() {
        for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_STEADY, AFTER_STEADY);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StartupFailure(
                "No free port was found for Elasticsearch.", "End some of the processes that listen on local ports.");
    }

    /** A port for a server that starts immediately. */
    public static int any() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
