package chat.parley.push.presence;

import chat.parley.api.Refusal;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ActivityVault.LastActivity;
import chat.parley.api.port.LiveActivity;
import chat.parley.api.port.LiveSessions;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.api.presence.PresenceCommand.CloseDevice;
import chat.parley.api.presence.PresenceCommand.SetDeviceStatus;
import chat.parley.api.presence.PresenceId;
import chat.parley.push.presence.DeviceRegistry.Registration;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The devices that are connected to this node, or were within the grace time. A command is sent when a device connects,
 * and when it logs out or is silent for the grace time. Heartbeats, and reconnections within the grace time, send none.
 *
 * <p>Threading: may be used by any thread. A device changes only within {@code compute} of the map.
 */
public final class DevicePresenceTracker implements LiveSessions, LiveActivity {
    private final DeviceRegistry registry;
    private final Function<PresenceCommand, CompletableFuture<Optional<Refusal>>> commands;
    private final String node;
    private final int graceSeconds;
    private final Clock clock;
    private final LongSupplier nanos;
    private final TimerWheel<TrackedDevice> wheel;
    private final Map<ConnectedDevice, TrackedDevice> devices = new ConcurrentHashMap<>();

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
    }

    /** One device. Changed only within {@code compute} of the map. */
    private static final class TrackedDevice {
        private final Registration registration;
        private volatile @Nullable Connection connection;
        private @Nullable LoginSessionId login;
        private long heardNanos;
        private volatile Instant lastActive;

        TrackedDevice(Registration registration, long heardNanos, Instant lastActive) {
            this.registration = registration;
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

    public void connected(ConnectedDevice device, LoginSessionId login, Connection connection) {
        devices.compute(device, (_, before) -> {
            TrackedDevice known = before == null ? opened(device) : before;
            known.connection = connection;
            known.login = login;
            return known;
        });
    }

    private TrackedDevice opened(ConnectedDevice device) {
        long now = clock.millis();
        Optional<Registration> before = registry.register(device, now, node);
        if (before.isEmpty()) {
            send(new PresenceCommand.OpenDevice(new PresenceId(device.user()), device.id(), now));
        }
        return track(
                new Registration(device, before.map(Registration::presence).orElse(now), node),
                Instant.ofEpochMilli(now));
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
            long presence = registry.register(device, open.session(), node)
                    .map(Registration::presence)
                    .orElse(open.session());
            return track(new Registration(device, presence, node), lastActive);
        });
    }

    private TrackedDevice track(Registration registration, Instant lastActive) {
        TrackedDevice known = new TrackedDevice(registration, nanos.getAsLong(), lastActive);
        wheel.schedule(known, graceSeconds);
        return known;
    }

    /** A connection is closed. The device has the grace time from now on, unless it was silent for that long already. */
    public void disconnected(ConnectedDevice device, Connection connection) {
        devices.computeIfPresent(device, (_, known) -> {
            if (connection.equals(known.connection)) {
                known.readConnection();
                known.connection = null;
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
            close(known, OfflineReason.LOGGED_OUT);
            return null;
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
        close(known, OfflineReason.SILENT);
        return null;
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

    /** Whether a device of the user has a connection; one in its grace time has none. */
    @Override
    public boolean has(UserId user) {
        return connections(user).findAny().isPresent();
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

    private Stream<Connection> connections(UserId user) {
        return known(user).map(known -> known.connection).filter(Objects::nonNull);
    }

    private Stream<TrackedDevice> known(UserId user) {
        return registry.of(user).stream()
                .map(registration -> devices.get(registration.device()))
                .filter(Objects::nonNull);
    }
}
