package chat.parley.push.session;

import java.net.URI;
import java.util.List;

/** The nodes to which the clients of this node should go when it stops. */
@FunctionalInterface
public interface SuccessorNodes {
    /**
     * The WebSocket URLs of these nodes, one for each session; fewer if no other node is known.
     *
     * @param sessions number of sessions that this node gives away
     */
    List<URI> of(int sessions);
}
