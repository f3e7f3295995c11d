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
     * That one node holds a device. Each time a node holds it anew is another claim.
     *
     * @param number grows with each claim of the same presence
     */
    record Claim(HeldDevice device, long number) {}

    /**
     * @param claim     its presence is the given one only if it begins
     * @param begins    whether no node held the device, so that its presence begins
     * @param contested whether another node held the device, which may have a connection of it and leaves that open until
     *                  this claim is confirmed
     */
    record Held(Claim claim, boolean begins, boolean contested) {}

    /**
     * A device that another node holds now.
     *
     * @param confirmed if false, the other node has lost its connection of the device before it confirmed its claim
     */
    record MovedDevice(Claim claim, boolean confirmed) {}

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
     * Holds a device that has connected, whichever node held it before. Claims are in the order in which they arrive here,
     * which need not be the order of the connections: that of a connection that was cut meanwhile may arrive after that of
     * the next one. So a contested claim has to be confirmed.
     *
     * @param device with the number of its presence if that begins
     */
    Held hold(String holder, HeldDevice device);

    /**
     * Holds a connected device again after this node's lease had ended, unless it has connected to another node since.
     *
     * @return empty if another node has a confirmed connection of it
     */
    Optional<Held> holdAgain(String holder, HeldDevice device);

    /** The device has answered through its connection after the claim. Claims that are not the newest are left out. */
    void confirm(Collection<Claim> claims);

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

    /** The devices that this node held and another one holds now, until {@link #forget}. */
    List<MovedDevice> movedAwayFrom(String holder);

    /** This node has done what these claims of other nodes ask for. Claims that are not the newest are left out. */
    void forget(String holder, Collection<Claim> claims);
}
