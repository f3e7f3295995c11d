package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.FindPresence;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import chat.parley.api.presence.PresenceStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresencesTest {
    private static final UserId ANN = new UserId("ann-id");
    private static final UserId BEN = new UserId("ben-id");
    private static final DeviceId PHONE = new DeviceId("phone");
    private static final DeviceId LAPTOP = new DeviceId("laptop");

    private final ReadModelHolder model = new ReadModelHolder();
    private final EventHistoryFixture history = new EventHistoryFixture();

    @Test
    void combineAllDevices() {
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.OFFLINE);
        history.add(new DeviceOpened(ANN, PHONE, 1, at(1)));
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.ONLINE);
        history.add(new DeviceOpened(ANN, LAPTOP, 2, at(2)));
        history.add(new DeviceStatusSet(ANN, PHONE, DeviceStatus.AWAY, at(3)));
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.ONLINE);
        history.add(new DeviceStatusSet(ANN, LAPTOP, DeviceStatus.AWAY, at(4)));
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.AWAY);
        history.add(new DeviceStatusSet(ANN, LAPTOP, DeviceStatus.INVISIBLE, at(5)));
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.OFFLINE);
        history.add(closed(LAPTOP, 2, 6, 7));
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.AWAY);
        history.add(closed(PHONE, 1, 8, 9));
        assertThat(seen(ANN).status()).isEqualTo(PresenceStatus.OFFLINE);
    }

    @Test
    void showTheLastActivityInsteadOfTheLogout() {
        assertThat(seen(ANN).lastActive()).isNull();
        history.add(new DeviceOpened(ANN, PHONE, 1, at(10)));
        assertThat(seen(ANN).lastActive()).isEqualTo(at(10));
        history.add(closed(PHONE, 1, 20, 90));
        assertThat(seen(ANN).lastActive()).isEqualTo(at(20));
    }

    @Test
    void hideTheActivityOfAnInvisibleUser() {
        history.add(new DeviceOpened(ANN, PHONE, 1, at(10)));
        history.add(new DeviceStatusSet(ANN, PHONE, DeviceStatus.INVISIBLE, at(11)));
        history.add(closed(PHONE, 1, 20, 21));
        assertThat(seen(ANN).lastActive()).isEqualTo(at(10));
    }

    @Test
    void listAllConnectedDevices() {
        history.add(new DeviceOpened(ANN, PHONE, 1, at(1)));
        history.add(new DeviceOpened(ANN, LAPTOP, 2, at(2)));
        history.add(new DeviceOpened(BEN, PHONE, 3, at(3)));
        history.add(closed(PHONE, 1, 3, 4));
        writeAll();
        FindPresence.OpenDevices open =
                model.presences.handle(new FindPresence.Open(null, -1)).join();
        assertThat(open.devices())
                .containsExactly(new OpenDevice(ANN, LAPTOP, 2, at(3)), new OpenDevice(BEN, PHONE, 3, at(3)));
        assertThat(open.next()).isNull();
    }

    private static DeviceClosed closed(DeviceId device, long session, int lastActive, int at) {
        return new DeviceClosed(ANN, device, session, OfflineReason.LOGGED_OUT, at(lastActive), at(at));
    }

    private static Instant at(int seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    private UserPresence seen(UserId user) {
        writeAll();
        return model.presences
                .handle(new FindPresence(List.of(user), -1))
                .join()
                .users()
                .getFirst();
    }

    private void writeAll() {
        history.events().forEach(recorded -> model.write(List.of(recorded)));
        model.write(history.events());
    }
}
