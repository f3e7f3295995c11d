package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases.Claim;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that devices are connected to. Presence events are the changes of this registry. A device whose connection
 * broke stays registered for the grace time. If a node crashes, another node unregisters its devices;
 * {@link #unregister} succeeds only once, so that the end of a presence is published once.
 */
public interface DeviceRegistry {
    /**
     * @param presence the number of the device's presence, which continues over broken connections
     * @param node the node that the device is or was last connected to
     */
    record Registration(ConnectedDevice device, long presence, String node) {}

    /**
     * @param begins    whether the device was not registered, so that its presence begins
     * @param contested the claim to confirm if another node may have a connection of the device
     */
    record Registered(Registration registration, boolean begins, Optional<Claim> contested) {}

    /**
     * Registers the device at a node. A device that is registered already keeps the number of its presence.
     *
     * @param presence the number for a device that is not registered
     */
    Registered register(ConnectedDevice device, long presence, String node);

    /**
     * Registers a device that was connected before this node started.
     *
     * @return false if a node has it
     */
    boolean adopt(Registration registration);

    /** Remembers a device that was another node's and is this node's now. */
    void taken(Registration registration);

    /** The device has answered through the connection for which it was registered. */
    void confirm(Claim claim);

    /** Notes that a device of this node has a connection, or has lost it. */
    void setConnected(Registration registration, boolean connected);

    /** Those of these users who are connected to other nodes. */
    Set<UserId> connectedElsewhere(Set<UserId> users);

    /** @return false if this registration was replaced or removed before */
    boolean unregister(Registration registration);

    Collection<Registration> of(UserId user);
}
