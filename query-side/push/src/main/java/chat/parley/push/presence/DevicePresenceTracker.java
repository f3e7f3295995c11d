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
import chat.parley.push.presence.DeviceRegistry.Held;
import java.time.Clock;
import java.time.Instant;
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
 * The devices that this node has, or had until a moment ago. One that connects is told once, and once when it logs out or
 * nothing was heard of it for the grace time; heartbeats, and connections that come back in time, are told to nobody.
 */
public final class DevicePresenceTracker implements LiveSessions, LiveActivity {
    private final DeviceRegistry registry;
    private final Function<PresenceCommand, CompletableFuture<Optional<Refusal>>> commands;
    private final String node;
    private final int graceSeconds;
    private final Clock clock;
    private final LongSupplier nanos;
    private final TimerWheel<Known> wheel;
    private final Map<ConnectedDevice, Known> devices = new ConcurrentHashMap<>();

    /**
     * @param commands carried out in order for each user
     * @param nanos    a clock that nobody sets, for all that is measured
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

    /** A device's socket. */
    public interface Connection {
        /** By the clock that nobody sets. */
        long heardNanos();

        /** When its user last did something, which a heartbeat is not, and neither is coming back. */
        Optional<Instant> lastActive();
    }

    /** Changed only in its place in the map. */
    private static final class Known {
        private final Held held;
        private volatile @Nullable Connection connection;
        private @Nullable LoginSessionId login;
        private long heardNanos;
        private volatile Instant lastActive;

        Known(Held held, long heardNanos, Instant lastActive) {
            this.held = held;
            this.heardNanos = heardNanos;
            this.lastActive = lastActive;
        }

        ConnectedDevice device() {
            return held.device();
        }

        void look() {
            Connection now = connection;
            if (now != null) {
                heardNanos = now.heardNanos();
                lastActive = lastActive();
            }
        }

        Instant lastActive() {
            Connection now = connection;
            Instant known = lastActive;
            return now == null
                    ? known
                    : now.lastActive().filter(known::isBefore).orElse(known);
        }
    }

    public void connected(ConnectedDevice device, LoginSessionId login, Connection connection) {
        devices.compute(device, (_, before) -> {
            Known known = before == null ? opened(device) : before;
            known.connection = connection;
            known.login = login;
            return known;
        });
    }

    private Known opened(ConnectedDevice device) {
        long now = clock.millis();
        Optional<Held> before = registry.hold(device, now, node);
        if (before.isEmpty()) {
            send(new PresenceCommand.OpenDevice(new PresenceId(device.user()), device.id(), now));
        }
        return known(new Held(device, before.map(Held::session).orElse(now), node), Instant.ofEpochMilli(now));
    }

    /**
     * A device that was connected to a node which is no more: it has the grace time from now on to come back. Where it is
     * back already, that was no new beginning.
     *
     * @param lastActive when its user last did something
     */
    public void inherited(OpenDevice open, Instant lastActive) {
        ConnectedDevice device = new ConnectedDevice(open.user(), open.device());
        devices.compute(device, (_, back) -> {
            if (back != null) {
                if (open.session() < back.held.session()) {
                    back.lastActive = lastActive;
                }
                return back;
            }
            long session = registry.hold(device, open.session(), node)
                    .map(Held::session)
                    .orElse(open.session());
            return known(new Held(device, session, node), lastActive);
        });
    }

    private Known known(Held held, Instant lastActive) {
        Known known = new Known(held, nanos.getAsLong(), lastActive);
        wheel.schedule(known, graceSeconds);
        return known;
    }

    /** The connection is gone; unless that was for its silence, the device has the grace time to come back. */
    public void disconnected(ConnectedDevice device, Connection connection) {
        devices.computeIfPresent(device, (_, known) -> {
            if (connection.equals(known.connection)) {
                known.look();
                known.connection = null;
                if (left(known) > 0) {
                    known.heardNanos = nanos.getAsLong();
                }
            }
            return known;
        });
    }

    /** @param login null for whichever there was */
    public void loggedOut(ConnectedDevice device, @Nullable LoginSessionId login) {
        devices.computeIfPresent(device, (_, known) -> {
            if (login != null && known.login != null && !known.login.equals(login)) {
                return known;
            }
            known.look();
            close(known, OfflineReason.LOGGED_OUT);
            return null;
        });
    }

    public CompletableFuture<Optional<Refusal>> set(ConnectedDevice device, DeviceStatus status) {
        Known known = devices.get(device);
        return known == null
                ? CompletableFuture.completedFuture(Optional.of(Refusal.RETRY_LATER))
                : commands.apply(
                        new SetDeviceStatus(new PresenceId(device.user()), device.id(), known.held.session(), status));
    }

    /** Once a second. */
    public void tick() {
        wheel.advance(due -> devices.computeIfPresent(due.device(), (_, known) -> known == due ? ended(due) : known));
    }

    private @Nullable Known ended(Known known) {
        known.look();
        long left = left(known);
        if (left > 0) {
            wheel.schedule(known, TimeUnit.NANOSECONDS.toSeconds(left) + 1);
            return known;
        }
        close(known, OfflineReason.SILENT);
        return null;
    }

    /** Nanoseconds of its grace time. */
    private long left(Known known) {
        return TimeUnit.SECONDS.toNanos(graceSeconds) - (nanos.getAsLong() - known.heardNanos);
    }

    private void close(Known known, OfflineReason reason) {
        if (registry.release(known.held)) {
            send(new CloseDevice(
                    new PresenceId(known.device().user()),
                    known.device().id(),
                    known.held.session(),
                    reason,
                    known.lastActive()));
        }
    }

    private void send(PresenceCommand command) {
        CompletableFuture<Optional<Refusal>> _ = commands.apply(command);
    }

    /** Who lost the connection is not there, although nobody is told that for a while. */
    @Override
    public boolean has(UserId user) {
        return connections(user).findAny().isPresent();
    }

    @Override
    public Optional<Instant> lastActive(UserId user) {
        return known(user).map(Known::lastActive).max(Comparator.naturalOrder());
    }

    /** Of every device that is there, and of those that may come back. */
    public List<LastActivity> lastActivities() {
        return devices.values().stream()
                .map(known ->
                        new LastActivity(known.device().user(), known.device().id(), known.lastActive()))
                .toList();
    }

    private Stream<Connection> connections(UserId user) {
        return known(user).map(known -> known.connection).filter(Objects::nonNull);
    }

    private Stream<Known> known(UserId user) {
        return registry.of(user).stream()
                .map(held -> devices.get(held.device()))
                .filter(Objects::nonNull);
    }
}
