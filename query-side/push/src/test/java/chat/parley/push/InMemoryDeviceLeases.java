package chat.parley.push;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The leases of several nodes of one test. */
final class InMemoryDeviceLeases implements DeviceLeases {
    private record Lease(long renewed, long ends) {}

    private record Device(UserId user, DeviceId device) {}

    private record Held(
            HeldDevice device, String holder, @Nullable String movedFrom, boolean connected) {}

    private final LongSupplier nanos;
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<Device, Held> devices = new HashMap<>();
    boolean away;
    boolean holdsFail;

    InMemoryDeviceLeases(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void begin(String holder, String node, Duration duration) {
        leases.put(holder, new Lease(now(), now() + duration.toNanos()));
    }

    private long now() {
        if (away) {
            throw new IllegalStateException("The store of the leases is away");
        }
        return nanos.getAsLong();
    }

    @Override
    public boolean renew(String holder, Duration duration) {
        boolean held = lives(holder);
        if (held) {
            begin(holder, holder, duration);
        }
        return held;
    }

    @Override
    public void end(String holder) {
        leases.computeIfPresent(holder, (_, _) -> new Lease(now(), now()));
    }

    @Override
    public long hold(String holder, HeldDevice device) {
        now();
        if (holdsFail) {
            throw new IllegalStateException("The store of the leases does not hold the device");
        }
        Held held = devices.compute(
                key(device),
                (_, before) -> before == null
                        ? new Held(device, holder, null, true)
                        : new Held(
                                before.device(),
                                holder,
                                before.holder().equals(holder) ? null : before.holder(),
                                true));
        return Objects.requireNonNull(held).device().presence();
    }

    @Override
    public OptionalLong holdAgain(String holder, HeldDevice device) {
        Held held = devices.get(key(device));
        boolean elsewhere = held != null && held.connected() && !held.holder().equals(holder) && lives(held.holder());
        return elsewhere ? OptionalLong.empty() : OptionalLong.of(hold(holder, device));
    }

    private boolean lives(String holder) {
        Lease lease = leases.get(holder);
        return lease != null && lease.ends() - now() > 0;
    }

    @Override
    public boolean adopt(String holder, HeldDevice device) {
        return devices.putIfAbsent(key(device), new Held(device, holder, null, false)) == null;
    }

    @Override
    public void setConnected(String holder, Map<HeldDevice, Boolean> changed) {
        now();
        changed.forEach((device, connected) -> devices.computeIfPresent(
                key(device),
                (_, held) -> held.holder().equals(holder) && held.device().equals(device)
                        ? new Held(held.device(), holder, held.movedFrom(), connected)
                        : held));
    }

    @Override
    public Set<UserId> connected(Set<UserId> users) {
        return devices.values().stream()
                .filter(Held::connected)
                .map(held -> held.device().user())
                .filter(users::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean release(String holder, HeldDevice device) {
        Held held = devices.get(key(device));
        boolean releases =
                held != null && held.holder().equals(holder) && held.device().equals(device);
        if (releases) {
            devices.remove(key(device));
        }
        return releases;
    }

    @Override
    public List<TakenDevice> takeEnded(String holder) {
        List<TakenDevice> taken = new ArrayList<>();
        for (Map.Entry<String, Lease> other : Map.copyOf(leases).entrySet()) {
            if (!other.getKey().equals(holder) && other.getValue().ends() - now() <= 0) {
                leases.remove(other.getKey());
                devices.replaceAll((_, held) -> {
                    if (!held.holder().equals(other.getKey())) {
                        return held;
                    }
                    taken.add(new TakenDevice(
                            held.device(),
                            Duration.ofNanos(now() - other.getValue().renewed())));
                    return new Held(held.device(), holder, null, false);
                });
            }
        }
        return taken;
    }

    @Override
    public Collection<HeldDevice> movedAwayFrom(String holder) {
        List<HeldDevice> moved = new ArrayList<>();
        devices.replaceAll((_, held) -> {
            if (!holder.equals(held.movedFrom())) {
                return held;
            }
            moved.add(held.device());
            return new Held(held.device(), held.holder(), null, held.connected());
        });
        return moved;
    }

    private static Device key(HeldDevice device) {
        return new Device(device.user(), device.device());
    }
}
