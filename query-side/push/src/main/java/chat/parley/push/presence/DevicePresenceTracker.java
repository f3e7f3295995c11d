package chat.parley.push.presence;

import chat.parley.api.Refusal;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ActivityVault.LastActivity;
import chat.parley.api.port.DeviceLeases.Claim;
import chat.parley.api.port.DeviceLeases.HeldDevice;
import chat.parley.api.port.DeviceLeases.TakenDevice;
import chat.parley.api.port.LiveActivity;
import chat.parley.api.port.LiveSessions;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.api.presence.PresenceCommand.CloseDevice;
import chat.parley.api.presence.PresenceCommand.SetDeviceStatus;
import chat.parley.api.presence.PresenceId;
import chat.parley.push.presence.DeviceRegistry.Registered;
import chat.parley.push.presence.DeviceRegistry.Registration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that are connected to this node, or were within the grace time. A command is sent when a device connects,
 * and when it logs out or is silent for the grace time. Heartbeats, and reconnections within the grace time, send none.
 *
 * <p>Threading: may be used by any thread. A device changes only within {@code compute} of the map.
 */
public final class DevicePresenceTracker implements LiveSessions, LiveActivity {
    private static final Logger log = LoggerFactory.getLogger(DevicePresenceTracker.class);

    private static final int RETRY_SECONDS = 5;

    private final DeviceRegistry registry;
    private final Function<PresenceCommand, CompletableFuture<Optional<Refusal>>> commands;
    private final String node;
    private final int graceSeconds;
    private final Clock clock;
    private final LongSupplier nanos;
    private final TimerWheel<TrackedDevice> wheel;
    private final Map<ConnectedDevice, TrackedDevice> devices = new ConcurrentHashMap<>();
    private final AtomicLong registrations = new AtomicLong();

    /**
     * @param commands sends commands, in order for each user
     * @param nanos    the monotonic clock, for measuring times
     */
    public DevicePresenceTracker(
            DeviceRegistry registry,
            Function<PresenceCommand, CompletableFuture<Optional<Refusal>>> commands,
            String node,
            int graceSeconds,
            Clock clock,
            LongSupplier nanos) {
        this.registry = registry;
        this.commands = commands;
        this.node = node;
        this.graceSeconds = graceSeconds;
        this.clock = clock;
        this.nanos = nanos;
        this.wheel = new TimerWheel<>(graceSeconds);
    }

    /** The socket of a device. */
    public interface Connection {
        /** Time of the last received data, by the monotonic clock. */
        long heardNanos();

        /** Time of the user's last activity. Heartbeats and reconnections are no activity. */
        Optional<Instant> lastActive();

        boolean isOpen();

        /** @param answered called when the device has answered what is sent to it now; never if it does not */
        void probe(Runnable answered);

        /** Ends it, because the device has connected to another node since. */
        void replaced();
    }

    /** One device. Changed only within {@code compute} of the map. */
    private static final class TrackedDevice {
        private final Registration registration;

        /** Numbers the registrations in their order. */
        private final long number;

        private final @Nullable Claim contested;

        private volatile @Nullable Connection connection;
        private @Nullable LoginSessionId login;
        private long heardNanos;
        private volatile Instant lastActive;

        TrackedDevice(
                Registration registration,
                long number,
                @Nullable Claim contested,
                long heardNanos,
                Instant lastActive) {
            this.registration = registration;
            this.number = number;
            this.contested = contested;
            this.heardNanos = heardNanos;
            this.lastActive = lastActive;
        }

        ConnectedDevice device() {
            return registration.device();
        }

        /** Stores the values of the connection before it is removed. */
        void readConnection() {
            Connection now = connection;
            if (now != null) {
                heardNanos = now.heardNanos();
                lastActive = lastActive();
            }
        }

        /** To the millisecond, as events store it, so that it reads the same once the device is offline. */
        Instant lastActive() {
            Connection now = connection;
            Instant last = lastActive;
            Instant newest =
                    now == null ? last : now.lastActive().filter(last::isBefore).orElse(last);
            return newest.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Another node may have held the device since it was connected here for the last time, so it is registered each time.
     * A connection that has been closed meanwhile is left out, because the device may have a newer one.
     */
    public void connected(ConnectedDevice device, LoginSessionId login, Connection connection) {
        devices.compute(device, (_, before) -> {
            if (!connection.isOpen()) {
                return before;
            }
            TrackedDevice known = opened(device);
            if (before != null) {
                known.lastActive = before.lastActive;
            }
            known.login = login;
            connect(known, connection);
            return known;
        });
    }

    private void connect(TrackedDevice known, Connection connection) {
        known.connection = connection;
        registry.setConnected(known.registration, true);
        Claim contested = known.contested;
        if (contested != null) {
            connection.probe(() -> registry.confirm(contested));
        }
    }

    private TrackedDevice opened(ConnectedDevice device) {
        long now = clock.millis();
        return opened(registry.register(device, now, node), now);
    }

    private TrackedDevice opened(Registered registered, long now) {
        Registration registration = registered.registration();
        if (registered.begins()) {
            ConnectedDevice device = registration.device();
            send(new PresenceCommand.OpenDevice(new PresenceId(device.user()), device.id(), registration.presence()));
        }
        return track(registration, registered.contested().orElse(null), Instant.ofEpochMilli(now), Duration.ZERO);
    }

    /**
     * Restores a device that was connected before this node started; it has the grace time from now on to reconnect. If it
     * has reconnected already, its presence continues.
     *
     * @param lastActive time of the user's last activity
     */
    public void restore(OpenDevice open, Instant lastActive) {
        ConnectedDevice device = new ConnectedDevice(open.user(), open.device());
        devices.compute(device, (_, back) -> {
            if (back != null) {
                if (open.session() < back.registration.presence()) {
                    back.lastActive = lastActive;
                }
                return back;
            }
            Registration registration = new Registration(device, open.session(), node);
            return registry.adopt(registration) ? track(registration, null, lastActive, Duration.ZERO) : null;
        });
    }

    /** Continues with a device of a node that has ended; it has the rest of the grace time to reconnect. */
    public void take(TakenDevice taken) {
        HeldDevice held = taken.device();
        ConnectedDevice device = new ConnectedDevice(held.user(), held.device());
        Registration registration = new Registration(device, held.presence(), node);
        devices.compute(device, (_, back) -> {
            if (back != null && back.connection != null) {
                // It has reconnected to this node, or the claim of the other node was that of a connection that was
                // cut.
                registry.setConnected(back.registration, true);
                return back;
            }
            registry.taken(registration);
            // The number of a presence is the time of its begin.
            return track(registration, null, Instant.ofEpochMilli(held.presence()), taken.silent());
        });
    }

    /** Registers these devices again, as far as they are connected to this node. */
    void register(Set<ConnectedDevice> again) {
        again.forEach(device -> devices.computeIfPresent(
                device, (_, known) -> known.connection == null ? known : continued(known, opened(device))));
    }

    /** Registers a device under the number of its presence, unless another node has a connection of it. */
    interface Reclaim {
        Optional<Registered> registerAgain(ConnectedDevice device, long presence, String node);
    }

    /**
     * Registers every connected device again, because other nodes may have taken them.
     *
     * @return the connections of devices that have connected to other nodes since; they are not tracked any more
     */
    List<Connection> reclaim(Reclaim registered) {
        List<Connection> elsewhere = new ArrayList<>();
        devices.keySet()
                .forEach(device -> devices.computeIfPresent(device, (_, known) -> {
                    Connection connection = known.connection;
                    if (connection == null) {
                        return known;
                    }
                    long now = clock.millis();
                    Optional<Registered> again = registered.registerAgain(device, now, node);
                    if (again.isEmpty()) {
                        elsewhere.add(connection);
                        return null;
                    }
                    return continued(known, opened(again.get(), now));
                }));
        return elsewhere;
    }

    /** The number of the last registration. */
    long lastRegistration() {
        return registrations.get();
    }

    /**
     * The connection of a device that another node held at a time.
     *
     * @param asked the last registration before that time
     * @return empty if the device has no connection to this node, or was registered again since
     */
    Optional<Connection> heldElsewhere(ConnectedDevice device, long asked) {
        Connection[] ended = new Connection[1];
        devices.computeIfPresent(device, (_, known) -> {
            ended[0] = known.number <= asked ? known.connection : null;
            return known;
        });
        return Optional.ofNullable(ended[0]);
    }

    private TrackedDevice continued(TrackedDevice before, TrackedDevice again) {
        again.login = before.login;
        again.lastActive = before.lastActive();
        connect(again, Objects.requireNonNull(before.connection));
        return again;
    }

    /** @param silent how long it was not heard of already */
    private TrackedDevice track(
            Registration registration, @Nullable Claim contested, Instant lastActive, Duration silent) {
        TrackedDevice known = new TrackedDevice(
                registration,
                registrations.incrementAndGet(),
                contested,
                nanos.getAsLong() - silent.toNanos(),
                lastActive);
        wheel.schedule(known, Math.max(1, graceSeconds - silent.toSeconds()));
        return known;
    }

    /** A connection is closed. The device has the grace time from now on, unless it was silent for that long already. */
    public void disconnected(ConnectedDevice device, Connection connection) {
        devices.computeIfPresent(device, (_, known) -> {
            if (connection.equals(known.connection)) {
                known.readConnection();
                known.connection = null;
                registry.setConnected(known.registration, false);
                if (remaining(known) > 0) {
                    known.heardNanos = nanos.getAsLong();
                }
            }
            return known;
        });
    }

    /** @param login the login session that ended; null for any of this device */
    public void loggedOut(ConnectedDevice device, @Nullable LoginSessionId login) {
        devices.computeIfPresent(device, (_, known) -> {
            if (login != null && known.login != null && !known.login.equals(login)) {
                return known;
            }
            known.readConnection();
            return closed(known, OfflineReason.LOGGED_OUT) ? null : known;
        });
    }

    public CompletableFuture<Optional<Refusal>> set(ConnectedDevice device, DeviceStatus status) {
        TrackedDevice known = devices.get(device);
        return known == null
                ? CompletableFuture.completedFuture(Optional.of(Refusal.RETRY_LATER))
                : commands.apply(new SetDeviceStatus(
                        new PresenceId(device.user()), device.id(), known.registration.presence(), status));
    }

    /** Ends the presences whose grace time is over; called once a second. */
    public void tick() {
        wheel.advance(due -> devices.computeIfPresent(due.device(), (_, known) -> known == due ? ended(due) : known));
    }

    private @Nullable TrackedDevice ended(TrackedDevice known) {
        known.readConnection();
        long remaining = remaining(known);
        if (remaining > 0) {
            wheel.schedule(known, TimeUnit.NANOSECONDS.toSeconds(remaining) + 1);
            return known;
        }
        return closed(known, OfflineReason.SILENT) ? null : known;
    }

    /** @return false if the registry did not answer; the presence is ended later, as that of a silent device */
    private boolean closed(TrackedDevice known, OfflineReason reason) {
        try {
            close(known, reason);
            return true;
        } catch (RuntimeException unreachable) {
            log.warn("The presence of a device could not be ended yet: {}", unreachable.getMessage());
            known.connection = null;
            known.heardNanos = nanos.getAsLong() - TimeUnit.SECONDS.toNanos(graceSeconds);
            wheel.schedule(known, RETRY_SECONDS);
            return false;
        }
    }

    /** The rest of the grace time, in nanoseconds. */
    private long remaining(TrackedDevice known) {
        return TimeUnit.SECONDS.toNanos(graceSeconds) - (nanos.getAsLong() - known.heardNanos);
    }

    private void close(TrackedDevice known, OfflineReason reason) {
        if (registry.unregister(known.registration)) {
            send(new CloseDevice(
                    new PresenceId(known.device().user()),
                    known.device().id(),
                    known.registration.presence(),
                    reason,
                    known.lastActive()));
        }
    }

    private void send(PresenceCommand command) {
        CompletableFuture<Optional<Refusal>> _ = commands.apply(command);
    }

    /** A device in its grace time has no connection. Other nodes are asked only about users without one to this node. */
    @Override
    public Set<UserId> among(Set<UserId> users) {
        Map<Boolean, Set<UserId>> here = users.stream()
                .collect(Collectors.partitioningBy(
                        user -> known(user).anyMatch(known -> known.connection != null), Collectors.toSet()));
        Set<UserId> connected = Objects.requireNonNull(here.get(true));
        Set<UserId> others = Objects.requireNonNull(here.get(false));
        if (!others.isEmpty()) {
            connected.addAll(registry.connectedElsewhere(others));
        }
        return connected;
    }

    @Override
    public Optional<Instant> lastActive(UserId user) {
        return known(user).map(TrackedDevice::lastActive).max(Comparator.naturalOrder());
    }

    /** The last activities of all tracked devices, with those in their grace time. */
    public List<LastActivity> lastActivities() {
        return devices.values().stream()
                .map(known ->
                        new LastActivity(known.device().user(), known.device().id(), known.lastActive()))
                .toList();
    }

    private Stream<TrackedDevice> known(UserId user) {
        return registry.of(user).stream()
                .map(registration -> devices.get(registration.device()))
                .filter(Objects::nonNull);
    }
}
