package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import chat.parley.embedded.mongodb.LoopbackPeerCredentials;
import com.sun.security.auth.module.UnixSystem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LoopbackPeerCredentialsTest {

    @Test
    void areThoseOfTheSocketsOwner() throws Exception {
        assumeThat(LoopbackPeerCredentials.canBeKnown()).isTrue();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            InetSocketAddress here = (InetSocketAddress) client.getRemoteSocketAddress();

            assertThat(LoopbackPeerCredentials.uid((InetSocketAddress) client.getLocalSocketAddress(), here))
                    .hasValue(new UnixSystem().getUid());
            assertThat(LoopbackPeerCredentials.uid(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), here))
                    .isEmpty();
        }
    }
}
