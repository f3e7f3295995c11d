package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.notifications.address.PushAddress;
import chat.parley.notifications.decision.NotificationMarks;
import chat.parley.notifications.decision.NotificationMarks.Outdated;
import chat.parley.notifications.decision.NotificationMarks.Place;
import chat.parley.notifications.decision.NotificationMarks.Read;
import chat.parley.notifications.registration.RegisteredDevice;
import chat.parley.notifications.registration.Registrations;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotificationMarksTest {
    private static final UserId BOB = new UserId("bob");
    private static final ConversationId TALK = new ConversationId("c-talk");
    private static final Place PHONE = new Place(BOB, new DeviceId("phone"), TALK);
    private static final Place NOWHERE = new Place(BOB, new DeviceId("never-registered"), TALK);

    private final Database database = TestPostgres.database();
    private final DataSource vault = database.dataSource();
    private final NotificationMarks marks = new NotificationMarks(vault);

    NotificationMarksTest() {
        new Registrations(vault, Clock.systemUTC(), 1, Duration.ofDays(1))
                .put(new RegisteredDevice(BOB, PHONE.device(), new PushAddress.Fcm("token")), null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPositionIsClaimedOnce() {
        assertThat(marks.claim(Map.of(PHONE, 7L))).containsExactly(PHONE);
        assertThat(new NotificationMarks(vault).claim(Map.of(PHONE, 7L))).isEmpty();
        assertThat(marks.claim(Map.of(PHONE, 6L))).isEmpty();
        assertThat(marks.claim(Map.of(PHONE, 8L, NOWHERE, 8L))).containsExactly(PHONE);
    }

    @Test
    void aVisibleNotificationIsWithdrawnOnceAndNotClaimedAgain() {
        marks.claim(Map.of(PHONE, 7L));
        Read read = new Read(BOB, TALK);
        assertThat(marks.withdraw(Map.of(read, 6L))).isEmpty();
        assertThat(marks.withdraw(Map.of(read, 9L))).containsExactly(new Outdated(PHONE, 7));
        assertThat(marks.withdraw(Map.of(read, 9L))).isEmpty();
        assertThat(marks.claim(Map.of(PHONE, 7L))).isEmpty();
    }
}
