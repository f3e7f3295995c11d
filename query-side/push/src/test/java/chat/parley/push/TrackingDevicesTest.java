package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ActivityVault.LastActivity;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.api.presence.PresenceCommand.CloseDevice;
import chat.parley.api.presence.PresenceId;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.InProcessDeviceRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrackingDevicesTest {
    private static final int GRACE_SECONDS = 30;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UserId ANN = new UserId("ann");
    private static final ConnectedDevice PHONE = new ConnectedDevice(ANN, new DeviceId("phone"));
    private static final ConnectedDevice LAPTOP = new ConnectedDevice(ANN, new DeviceId("laptop"));
    private static final LoginSessionId LOGIN = new LoginSessionId("login");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final List<PresenceCommand> told = new ArrayList<>();
    private final DevicePresenceTracker presences = new DevicePresenceTracker(
            new InProcessDeviceRegistry(),
            command -> {
                told.add(command);
                return CompletableFuture.completedFuture(Optional.empty());
            },
            "node",
            GRACE_SECONDS,
            Clock.fixed(NOW, ZoneOffset.UTC),
            nanos::get);

    private final class Socket implements DevicePresenceTracker.Connection {
        private boolean open = true;
        private long heard = nanos.get();
        private Optional<Instant> active = Optional.of(NOW.plusSeconds(60));

        @Override
        public long heardNanos() {
            return heard;
        }

        @Override
        public Optional<Instant> lastActive() {
            return active;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void probe(Runnable answered) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void replaced() {
            throw new UnsupportedOperationException();
        }
    }

    private static final PresenceCommand OPENED =
            new PresenceCommand.OpenDevice(new PresenceId(ANN), PHONE.id(), NOW.toEpochMilli());

    private static CloseDevice closed(OfflineReason reason) {
        return new CloseDevice(new PresenceId(ANN), PHONE.id(), NOW.toEpochMilli(), reason, NOW.plusSeconds(60));
    }

    private void pass(int seconds) {
        IntStream.range(0, seconds).forEach(_ -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            presences.tick();
        });
    }

    @Test
    void aConnectionThatIsRegisteredLateDoesNotTakeThePlaceOfTheNextOne() {
        Socket cut = new Socket();
        cut.open = false;
        Socket next = new Socket();
        presences.connected(PHONE, LOGIN, next);
        presences.connected(PHONE, LOGIN, cut);
        presences.disconnected(PHONE, cut);
        IntStream.range(0, GRACE_SECONDS + 2).forEach(_ -> {
            next.heard = nanos.get();
            pass(1);
        });
        assertThat(told).containsExactly(OPENED);
    }

    @Test
    void aConnectedDeviceIsReportedOnce() {
        Socket socket = new Socket();
        presences.connected(PHONE, LOGIN, socket);
        IntStream.range(0, 20).forEach(_ -> {
            pass(GRACE_SECONDS / 2);
            socket.heard = nanos.get();
        });
        assertThat(told).containsExactly(OPENED);
        assertThat(presences.among(Set.of(ANN))).containsExactly(ANN);
        assertThat(presences.lastActive(ANN)).contains(NOW.plusSeconds(60));
    }

    @Test
    void aReconnectionWithinTheGraceTimeIsNotReported() {
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            presences.connected(PHONE, LOGIN, socket);
            presences.disconnected(PHONE, socket);
            assertThat(presences.among(Set.of(ANN))).isEmpty();
            pass(GRACE_SECONDS - 2);
        }
        assertThat(told).containsExactly(OPENED);
    }

    @Test
    void aBrokenConnectionHasTheWholeGraceTimeAndASilentOneHasNone() {
        Socket broken = new Socket();
        presences.connected(PHONE, LOGIN, broken);
        presences.connected(LAPTOP, LOGIN, new Socket());
        pass(GRACE_SECONDS - 5);
        presences.disconnected(PHONE, broken);
        pass(5);
        assertThat(told).hasSize(3).last().extracting(PresenceCommand::device).isEqualTo(LAPTOP.id());
        pass(GRACE_SECONDS - 6);
        assertThat(told).hasSize(3);
        pass(5);
        assertThat(told).hasSize(4).endsWith(closed(OfflineReason.SILENT));
    }

    @Test
    void theEndOfAReplacedConnectionIsIgnored() {
        Socket former = new Socket();
        presences.connected(PHONE, LOGIN, former);
        Socket socket = new Socket();
        presences.connected(PHONE, LOGIN, socket);
        presences.disconnected(PHONE, former);
        pass(GRACE_SECONDS - 1);
        socket.heard = nanos.get();
        pass(GRACE_SECONDS - 1);
        assertThat(told).containsExactly(OPENED);
    }

    @Test
    void aThousandSilentDevicesAreReportedOnceWithinFiveSeconds() {
        List<ConnectedDevice> devices = IntStream.range(0, 1_000)
                .mapToObj(i -> new ConnectedDevice(new UserId("user" + i), PHONE.id()))
                .toList();
        devices.forEach(device -> presences.connected(device, LOGIN, new Socket()));
        pass(GRACE_SECONDS - 1);
        assertThat(told).hasSize(1_000);
        pass(5);
        assertThat(told.subList(1_000, told.size()))
                .hasSize(1_000)
                .allMatch(command -> command instanceof CloseDevice close && close.reason() == OfflineReason.SILENT)
                .extracting(command -> command.id().user())
                .doesNotHaveDuplicates();
        pass(2 * GRACE_SECONDS);
        assertThat(told).hasSize(2_000);
    }

    @Test
    void aLogoutEndsOnlyItsDeviceAtOnce() {
        presences.connected(PHONE, LOGIN, new Socket());
        presences.connected(LAPTOP, new LoginSessionId("other"), new Socket());
        presences.loggedOut(PHONE, new LoginSessionId("former"));
        assertThat(told).hasSize(2);
        presences.loggedOut(PHONE, LOGIN);
        presences.loggedOut(PHONE, LOGIN);
        assertThat(told).hasSize(3).endsWith(closed(OfflineReason.LOGGED_OUT));
        assertThat(presences.among(Set.of(ANN))).containsExactly(ANN);
        presences.loggedOut(LAPTOP, null);
        assertThat(presences.among(Set.of(ANN))).isEmpty();
    }

    @Test
    void afterAStartDevicesHaveTheGraceTimeToReconnect() {
        presences.restore(new OpenDevice(ANN, PHONE.id(), 7, null), NOW.minusSeconds(90));
        presences.restore(new OpenDevice(ANN, LAPTOP.id(), 8, null), NOW.minusSeconds(90));
        pass(GRACE_SECONDS - 1);
        presences.connected(PHONE, LOGIN, new Socket());
        assertThat(told).isEmpty();
        pass(5);
        assertThat(told)
                .containsExactly(new CloseDevice(
                        new PresenceId(ANN), LAPTOP.id(), 8, OfflineReason.SILENT, NOW.minusSeconds(90)));
    }

    @Test
    void aReconnectionIsNoActivity() {
        Instant before = NOW.minusSeconds(90);
        presences.restore(new OpenDevice(ANN, PHONE.id(), 7, null), before);
        assertThat(presences.lastActive(ANN)).contains(before);
        Socket back = new Socket();
        back.active = Optional.empty();
        presences.connected(PHONE, LOGIN, back);
        assertThat(presences.lastActive(ANN)).contains(before);
        back.active = Optional.of(NOW);
        presences.disconnected(PHONE, back);
        Socket again = new Socket();
        again.active = Optional.empty();
        presences.connected(PHONE, LOGIN, again);
        assertThat(presences.lastActive(ANN)).contains(NOW);
        assertThat(presences.lastActivities()).containsExactly(new LastActivity(ANN, PHONE.id(), NOW));
    }

    /** Sockets are opened while the read model is still queried for the devices that were connected before. */
    @Test
    void aDeviceThatReconnectsBeforeTheRecoveryContinuesItsPresence() {
        Instant before = NOW.minusSeconds(90);
        Socket back = new Socket();
        back.active = Optional.empty();
        presences.connected(PHONE, LOGIN, back);
        presences.connected(LAPTOP, LOGIN, back);
        presences.restore(new OpenDevice(ANN, PHONE.id(), 7, null), before);
        presences.restore(new OpenDevice(ANN, LAPTOP.id(), NOW.toEpochMilli(), null), before);
        assertThat(presences.lastActivities())
                .containsExactlyInAnyOrder(
                        new LastActivity(ANN, PHONE.id(), before), new LastActivity(ANN, LAPTOP.id(), NOW));
    }
}
