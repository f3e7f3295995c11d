package chat.parley.push.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** For one process, which is every node there is. */
public final class InProcessDeviceRegistry implements DeviceRegistry {
    private final ConcurrentMap<UserId, Map<DeviceId, Held>> users = new ConcurrentHashMap<>();

    @Override
    public Optional<Held> hold(ConnectedDevice device, long session, String node) {
        Held[] before = new Held[1];
        users.compute(device.user(), (_, devices) -> {
            Map<DeviceId, Held> all = devices == null ? Map.of() : devices;
            before[0] = all.get(device.id());
            return with(all, new Held(device, before[0] == null ? session : before[0].session(), node));
        });
        return Optional.ofNullable(before[0]);
    }

    /** Maps that are never changed can be read at any time. */
    private static Map<DeviceId, Held> with(Map<DeviceId, Held> devices, Held held) {
        if (devices.isEmpty()) {
            return Map.of(held.device().id(), held);
        }
        Map<DeviceId, Held> all = new HashMap<>(devices);
        all.put(held.device().id(), held);
        return Map.copyOf(all);
    }

    @Override
    public boolean release(Held held) {
        boolean[] released = new boolean[1];
        users.computeIfPresent(held.device().user(), (_, devices) -> {
            released[0] = held.equals(devices.get(held.device().id()));
            if (!released[0]) {
                return devices;
            }
            Map<DeviceId, Held> rest = new HashMap<>(devices);
            rest.remove(held.device().id());
            return rest.isEmpty() ? null : Map.copyOf(rest);
        });
        return released[0];
    }

    @Override
    public Collection<Held> of(UserId user) {
        Map<DeviceId, Held> devices = users.get(user);
        return devices == null ? List.of() : devices.values();
    }
}
