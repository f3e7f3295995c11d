package chat.parley.push.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases.Claim;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The registry of a single node, in memory. May be used by any thread. */
public final class InProcessDeviceRegistry implements DeviceRegistry {
    private final ConcurrentMap<UserId, Map<DeviceId, Registration>> users = new ConcurrentHashMap<>();

    @Override
    public Registered register(ConnectedDevice device, long presence, String node) {
        Registered[] registered = new Registered[1];
        users.compute(device.user(), (_, devices) -> {
            Map<DeviceId, Registration> all = devices == null ? Map.of() : devices;
            Registration before = all.get(device.id());
            Registration now = new Registration(device, before == null ? presence : before.presence(), node);
            registered[0] = new Registered(now, before == null, Optional.empty());
            return with(all, now);
        });
        return Objects.requireNonNull(registered[0]);
    }

    @Override
    public boolean adopt(Registration registration) {
        boolean[] added = new boolean[1];
        users.compute(registration.device().user(), (_, devices) -> {
            Map<DeviceId, Registration> all = devices == null ? Map.of() : devices;
            added[0] = !all.containsKey(registration.device().id());
            return added[0] ? with(all, registration) : all;
        });
        return added[0];
    }

    @Override
    public void taken(Registration registration) {
        users.compute(
                registration.device().user(), (_, devices) -> with(devices == null ? Map.of() : devices, registration));
    }

    /** A copy, because any thread can read an immutable map. */
    private static Map<DeviceId, Registration> with(Map<DeviceId, Registration> devices, Registration registration) {
        if (devices.isEmpty()) {
            return Map.of(registration.device().id(), registration);
        }
        Map<DeviceId, Registration> all = new HashMap<>(devices);
        all.put(registration.device().id(), registration);
        return Map.copyOf(all);
    }

    /** There is no other node that may have a connection. */
    @Override
    public void confirm(Claim claim) {}

    /** The node itself knows the connections of its devices. */
    @Override
    public void setConnected(Registration registration, boolean connected) {}

    @Override
    public Set<UserId> connectedElsewhere(Set<UserId> users) {
        return Set.of();
    }

    @Override
    public boolean unregister(Registration registration) {
        boolean[] removed = new boolean[1];
        users.computeIfPresent(registration.device().user(), (_, devices) -> {
            removed[0] = registration.equals(devices.get(registration.device().id()));
            if (!removed[0]) {
                return devices;
            }
            Map<DeviceId, Registration> rest = new HashMap<>(devices);
            rest.remove(registration.device().id());
            return rest.isEmpty() ? null : Map.copyOf(rest);
        });
        return removed[0];
    }

    @Override
    public Collection<Registration> of(UserId user) {
        Map<DeviceId, Registration> devices = users.get(user);
        return devices == null ? List.of() : devices.values();
    }
}
