package chat.parley.push.presence;

import chat.parley.api.port.DeviceLeases;
import chat.parley.api.port.DeviceLeases.TakenDevice;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.wire.CloseReason;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's lease on its devices. Each round renews the lease, stores which devices have a connection, takes the
 * devices of nodes whose lease has ended, and closes the sockets of devices that have connected to another node.
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
    private final SubscriberRegistry subscribers;
    private final String holder;
    private final String node;
    private boolean lost;

    public DeviceLeaseKeeper(
            DeviceLeases leases,
            LeasedDeviceRegistry registry,
            DevicePresenceTracker devices,
            SubscriberRegistry subscribers,
            String node) {
        this.leases = leases;
        this.registry = registry;
        this.devices = devices;
        this.subscribers = subscribers;
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
        if (lost) {
            devices.reclaim(registry::registerAgain).forEach(this::replaced);
            lost = false;
        }
        devices.register(registry.takeUnregistered());
        registry.storeConnections();
        List<TakenDevice> taken = leases.takeEnded(holder);
        taken.forEach(devices::take);
        if (!taken.isEmpty()) {
            log.info("{} devices of a node that has ended may reconnect", taken.size());
        }
        leases.movedAwayFrom(holder).stream()
                .map(moved -> new ConnectedDevice(moved.user(), moved.device()))
                .forEach(this::replaced);
    }

    private void replaced(ConnectedDevice moved) {
        for (Subscriber subscriber : subscribers.of(moved.user())) {
            if (subscriber.device().equals(moved.id())) {
                subscriber.end(CloseReason.REPLACED);
            }
        }
    }

    /** After the sockets were closed. */
    public void end() {
        leases.end(holder);
    }
}
