package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import java.util.Collection;
import java.util.Optional;

/**
 * The nodes that devices are connected to. Presence events are the changes of this registry. A device whose connection
 * broke stays registered for the grace time. After a node's death another node unregisters its devices; {@link #unregister}
 * succeeds once, so that the end of a presence is published once.
 */
public interface DeviceRegistry {
    /**
     * @param presence the number of the device's presence, which continues over broken connections
     * @param node     the node that the device is connected to, or was last
     */
    record Registration(ConnectedDevice device, long presence, String node) {}

    /**
     * Registers the device at a node. A device that is registered already keeps the number of its presence.
     *
     * @param presence the number for a device that is not registered
     * @return the registration before, at any node
     */
    Optional<Registration> register(ConnectedDevice device, long presence, String node);

    /** @return false where this registration was replaced or removed before */
    boolean unregister(Registration registration);

    Collection<Registration> of(UserId user);
}
