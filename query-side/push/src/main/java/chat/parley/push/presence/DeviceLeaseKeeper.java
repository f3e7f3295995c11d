package chat.parley.push.presence;

import chat.parley.api.port.DeviceLeases;
import chat.parley.api.port.DeviceLeases.Claim;
import chat.parley.api.port.DeviceLeases.HeldDevice;
import chat.parley.api.port.DeviceLeases.MovedDevice;
import chat.parley.api.port.DeviceLeases.TakenDevice;
import chat.parley.push.presence.DevicePresenceTracker.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's lease on its devices. Each round renews the lease, stores which devices have a connection, takes the
 * devices of nodes whose lease has ended, and closes the sockets of devices that have connected to another node and
 * answered through it.
 *
 * <p>A node that was paused beyond its lease finds it ended. Other nodes have its devices then, and nothing that it
 * releases counts. It begins the lease again and holds the devices that are connected to it, except those that have
 * connected to another node since, whose sockets it closes.
 */
public final class DeviceLeaseKeeper {
    private static final Logger log = LoggerFactory.getLogger(DeviceLeaseKeeper.class);

    /** Several rounds, so that a short pause of this node or of the store ends no lease. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    public static final Duration ROUND = Duration.ofSeconds(1);

    private final DeviceLeases leases;
    private final DevicePresenceTracker devices;
    private final LeasedDeviceRegistry registry;
    private final String holder;
    private final String node;
    private boolean lost;

    public DeviceLeaseKeeper(
            DeviceLeases leases, LeasedDeviceRegistry registry, DevicePresenceTracker devices, String node) {
        this.leases = leases;
        this.registry = registry;
        this.devices = devices;
        this.holder = registry.holder();
        this.node = node;
    }

    /** Called before the first device connects. */
    public void begin() {
        leases.begin(holder, node, LEASE);
    }

    public void round() {
        if (!leases.renew(holder, LEASE)) {
            lost = true;
            begin();
            log.warn("This node's lease on its devices had ended; it holds those that are still connected to it again");
        }
        devices.register(registry.takeUnregistered());
        if (lost) {
            devices.reclaim(registry::registerAgain).forEach(Connection::replaced);
            lost = false;
        }
        registry.storeConnections();
        List<TakenDevice> taken = leases.takeEnded(holder);
        taken.forEach(devices::take);
        if (!taken.isEmpty()) {
            log.info("{} devices of a node that has ended may reconnect", taken.size());
        }
        followMoved();
    }

    /**
     * Ends the connections of devices that have connected to other nodes, but not those with which they have come back: a
     * device may be registered here while the leases are asked, or wait to be registered. A device whose connection to the
     * other node was lost unconfirmed is registered here again if it is connected.
     */
    private void followMoved() {
        long asked = devices.lastRegistration();
        Set<ConnectedDevice> waiting = registry.unregistered();
        List<Claim> followed = new ArrayList<>();
        for (MovedDevice moved : leases.movedAwayFrom(holder)) {
            HeldDevice held = moved.claim().device();
            ConnectedDevice device = new ConnectedDevice(held.user(), held.device());
            if (waiting.contains(device)) {
                continue;
            }
            if (moved.confirmed()) {
                devices.heldElsewhere(device, asked).ifPresent(Connection::replaced);
            } else {
                devices.register(Set.of(device));
            }
            followed.add(moved.claim());
        }
        if (!followed.isEmpty()) {
            leases.forget(holder, followed);
        }
    }

    /** After the sockets were closed. */
    public void end() {
        leases.end(holder);
    }
}
