package chat.parley.api.port;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which push node holds which connected device. A node holds devices as long as it renews its lease. Times are those of
 * the one store behind this interface, never those of a node's clock.
 */
public interface DeviceLeases {
    /** @param presence the number of the device's presence, which continues from node to node */
    record HeldDevice(UserId user, DeviceId device, long presence) {}

    /**
     * @param number the given one only if the presence begins
     * @param begins whether no node held the device, so that its presence begins
     */
    record Presence(long number, boolean begins) {}

    /** @param silent how long ago the node that held the device has renewed its lease for the last time */
    record TakenDevice(HeldDevice device, Duration silent) {}

    /**
     * Begins a lease, or again one that has ended.
     *
     * @param holder names this process and no other one, also not the next one of the same node
     * @param node   for operators
     */
    void begin(String holder, String node, Duration duration);

    /** @return false if the lease has ended, so that other nodes may have taken its devices */
    boolean renew(String holder, Duration duration);

    /** Ends the lease at once, so that other nodes take its devices. */
    void end(String holder);

    /**
     * Holds a device that has connected, whichever node held it before.
     *
     * @param device with the number of its presence if that begins
     */
    Presence hold(String holder, HeldDevice device);

    /**
     * Holds a connected device again after this node's lease had ended, unless it has connected to another node since.
     *
     * @return empty if another node has a connection of it
     */
    Optional<Presence> holdAgain(String holder, HeldDevice device);

    /** Holds a device without a connection if no node does. */
    boolean adopt(String holder, HeldDevice device);

    /** Notes which of the devices that this node holds have a connection, and which have lost it. */
    void setConnected(String holder, Map<HeldDevice, Boolean> devices);

    /**
     * Those of these users of whom a device has a connection. The connections of a node that has not renewed its lease for
     * a few seconds do not count.
     */
    Set<UserId> connected(Set<UserId> users);

    /** @return false if the device is held by another node, or by none */
    boolean release(String holder, HeldDevice device);

    /** Takes the devices of all leases that have ended. Each is given to one node. */
    List<TakenDevice> takeEnded(String holder);

    /** The devices that other nodes hold since this was last asked, and that this one held before. */
    Collection<HeldDevice> movedAwayFrom(String holder);
}
