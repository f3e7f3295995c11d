package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases;
import chat.parley.api.port.DeviceLeases.Claim;
import chat.parley.api.port.DeviceLeases.Held;
import chat.parley.api.port.DeviceLeases.HeldDevice;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of a node that is one of several. The leases say which node holds a device; this node's own devices are
 * in memory, too. May be used by any thread.
 */
public final class LeasedDeviceRegistry implements DeviceRegistry {
    private static final Logger log = LoggerFactory.getLogger(LeasedDeviceRegistry.class);

    private final InProcessDeviceRegistry own = new InProcessDeviceRegistry();
    private final DeviceLeases leases;
    private final String holder;
    /** Devices that have connected while the leases did not answer. */
    private final Set<ConnectedDevice> unregistered = ConcurrentHashMap.newKeySet();
    /** The newest changes that the leases do not know yet. */
    private final ConcurrentMap<HeldDevice, Boolean> connections = new ConcurrentHashMap<>();
    /** The claims that the leases do not know to be confirmed yet. */
    private final Set<Claim> confirmed = ConcurrentHashMap.newKeySet();

    /** @param holder names this process among all processes of all nodes */
    public LeasedDeviceRegistry(DeviceLeases leases, String holder) {
        this.leases = leases;
        this.holder = holder;
    }

    String holder() {
        return holder;
    }

    /** The devices that could not be registered. */
    Set<ConnectedDevice> unregistered() {
        return Set.copyOf(unregistered);
    }

    /** The devices that could not be registered since this was last called. */
    Set<ConnectedDevice> takeUnregistered() {
        Set<ConnectedDevice> taken = unregistered();
        unregistered.removeAll(taken);
        return taken;
    }

    /**
     * Registers a connected device again after the lease of this node had ended. A device that waits to be registered has
     * connected since to this node, so no connection to another one counts.
     *
     * @return empty if another node has a connection of it; it is then no device of this node any more
     */
    Optional<Registered> registerAgain(ConnectedDevice device, long presence, String node) {
        HeldDevice connected = held(device, presence);
        Optional<Held> held = unregistered.contains(device)
                ? Optional.of(leases.hold(holder, connected))
                : leases.holdAgain(holder, connected);
        if (held.isEmpty()) {
            own(device).ifPresent(own::unregister);
        }
        return held.map(of -> registered(device, of, node));
    }

    private Registered registered(ConnectedDevice device, Held held, String node) {
        Claim claim = held.claim();
        return registered(
                new Registration(device, claim.device().presence(), node),
                held.begins(),
                held.contested() ? Optional.of(claim) : Optional.empty());
    }

    private Registered registered(Registration registration, boolean begins, Optional<Claim> contested) {
        own.taken(registration);
        return new Registered(registration, begins, contested);
    }

    /** Tells the leases which devices have connected, disconnected and answered since this was last called. */
    void storeConnections() {
        Map<HeldDevice, Boolean> changed = Map.copyOf(connections);
        if (!changed.isEmpty()) {
            leases.setConnected(holder, changed);
            // A later change remains.
            changed.forEach(connections::remove);
        }
        Set<Claim> answered = Set.copyOf(confirmed);
        if (!answered.isEmpty()) {
            leases.confirm(answered);
            confirmed.removeAll(answered);
        }
    }

    @Override
    public void confirm(Claim claim) {
        confirmed.add(claim);
    }

    @Override
    public void setConnected(Registration registration, boolean connected) {
        connections.put(held(registration), connected);
    }

    @Override
    public Set<UserId> connectedElsewhere(Set<UserId> users) {
        return leases.connected(users);
    }

    /** A device can connect while the leases do not answer. It is registered later. */
    @Override
    public Registered register(ConnectedDevice device, long presence, String node) {
        try {
            return registered(device, leases.hold(holder, held(device, presence)), node);
        } catch (RuntimeException unreachable) {
            log.warn("A device could not be registered yet: {}", unreachable.getMessage());
            unregistered.add(device);
            Optional<Registration> known = own(device);
            return registered(
                    known.orElseGet(() -> new Registration(device, presence, node)), known.isEmpty(), Optional.empty());
        }
    }

    private Optional<Registration> own(ConnectedDevice device) {
        return own.of(device.user()).stream()
                .filter(registration -> registration.device().equals(device))
                .findFirst();
    }

    @Override
    public boolean adopt(Registration registration) {
        return leases.adopt(holder, held(registration)) && own.adopt(registration);
    }

    @Override
    public void taken(Registration registration) {
        own.taken(registration);
    }

    @Override
    public boolean unregister(Registration registration) {
        boolean released = leases.release(holder, held(registration));
        own.unregister(registration);
        return released;
    }

    @Override
    public Collection<Registration> of(UserId user) {
        return own.of(user);
    }

    private static HeldDevice held(Registration registration) {
        return held(registration.device(), registration.presence());
    }

    private static HeldDevice held(ConnectedDevice device, long presence) {
        return new HeldDevice(device.user(), device.id(), presence);
    }
}
