package chat.parley.api.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VisiblePresenceTest {
    private static final UserId USER = new UserId("u1");
    private static final DeviceId PHONE = new DeviceId("phone");
    private static final DeviceId LAPTOP = new DeviceId("laptop");

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static DeviceOpened opened(DeviceId device, long second) {
        return new DeviceOpened(USER, device, 1, at(second));
    }

    private static DeviceClosed closed(DeviceId device, long lastActive, long second) {
        return new DeviceClosed(USER, device, 1, OfflineReason.LOGGED_OUT, at(lastActive), at(second));
    }

    @Test
    void isActiveOnOpeningAndAsOfTheLastActivityOnClosing() {
        VisiblePresence open = VisiblePresence.NONE.after(opened(PHONE, 10));
        assertThat(open.status()).isEqualTo(PresenceStatus.ONLINE);
        assertThat(open.lastActive()).isEqualTo(at(10));

        VisiblePresence closed = open.after(closed(PHONE, 20, 30));
        assertThat(closed.status()).isEqualTo(PresenceStatus.OFFLINE);
        assertThat(closed.lastActive()).isEqualTo(at(20));
    }

    @Test
    void keepsTheLatestActivityWhenAnIdleDeviceCloses() {
        VisiblePresence both = VisiblePresence.NONE.after(opened(PHONE, 10)).after(opened(LAPTOP, 50));

        assertThat(both.after(closed(PHONE, 15, 60)).lastActive()).isEqualTo(at(50));
    }

    @Test
    void hidesTheActivityOfAnInvisibleUser() {
        VisiblePresence invisible = VisiblePresence.NONE
                .after(opened(PHONE, 10))
                .after(new DeviceStatusSet(USER, PHONE, DeviceStatus.INVISIBLE, at(20)));

        assertThat(invisible.after(opened(LAPTOP, 30)).lastActive()).isEqualTo(at(10));
        assertThat(invisible.after(closed(PHONE, 40, 40)).lastActive()).isEqualTo(at(10));
    }
}
