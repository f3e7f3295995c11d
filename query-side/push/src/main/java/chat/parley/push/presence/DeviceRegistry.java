package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import java.util.Collection;
import java.util.Optional;

/**
 * Which devices are connected to which node: the truth about who is there, of which events only tell the changes. A
 * device whose connection broke stays for the grace time. A node's death leaves its devices to the others: whoever ends
 * one takes it out first, so that it is ended once.
 */
public interface DeviceRegistry {
    /**
     * @param session the number of the device's session, which lives on over broken connections
     * @param node    that it is connected to, or was last
     */
    record Held(ConnectedDevice device, long session, String node) {}

    /**
     * This node has the device now.
     *
     * @return its session before, on whichever node; empty for a device that was not there and now is, with this session
     */
    Optional<Held> hold(ConnectedDevice device, long session, String node);

    /** The device is no longer there; false where this session of it, on this node, was not any more. */
    boolean release(Held held);

    Collection<Held> of(UserId user);
}
