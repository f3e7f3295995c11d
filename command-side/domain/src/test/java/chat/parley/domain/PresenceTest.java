package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;

import chat.parley.api.Refusal;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceCommand.CloseDevice;
import chat.parley.api.presence.PresenceCommand.OpenDevice;
import chat.parley.api.presence.PresenceCommand.SetDeviceStatus;
import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import chat.parley.api.presence.PresenceId;
import chat.parley.testing.MutableClock;
import java.time.Instant;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final UserId ANN = new UserId("ann");
    private static final PresenceId ID = new PresenceId(ANN);
    private static final DeviceId PHONE = new DeviceId("phone");
    private static final Instant AT = MutableClock.START;
    private static final Instant EARLIER = AT.minusSeconds(600);

    private final AggregateTestFixture<Presence> fixture = new AggregateTestFixture<>(Presence.class);

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(MutableClock.betweenMilliseconds());
    }

    @Test
    void beginsWithADevice() {
        fixture.givenNoPriorActivity().when(new OpenDevice(ID, PHONE, 7)).expectEvents(opened(7));
    }

    @Test
    void openingAnOpenDeviceAgainStoresNothing() {
        fixture.given(opened(7)).when(new OpenDevice(ID, PHONE, 8)).expectNoEvents();
    }

    @Test
    void aSilentDeviceKeepsTheTimeOfTheLastActivity() {
        fixture.given(opened(7)).when(close(7, EARLIER)).expectEvents(closed(7, EARLIER));
    }

    @Test
    void anActivityInTheFutureIsLimitedToNow() {
        fixture.given(opened(7)).when(close(7, AT.plusSeconds(60))).expectEvents(closed(7, AT));
    }

    @Test
    void theEndOfAnOlderSessionIsIgnored() {
        fixture.given(opened(7), closed(7, EARLIER), opened(8))
                .when(close(7, EARLIER))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void closingAClosedDeviceAgainStoresNothing() {
        fixture.given(opened(7), closed(7, EARLIER)).when(close(7, EARLIER)).expectNoEvents();
    }

    @Test
    void theStatusBelongsToTheDeviceAndChangesOnce() {
        SetDeviceStatus away = new SetDeviceStatus(ID, PHONE, 7, DeviceStatus.AWAY);
        DeviceStatusSet isAway = new DeviceStatusSet(ANN, PHONE, DeviceStatus.AWAY, AT);
        fixture.given(opened(7)).when(away).expectEvents(isAway);
        fixture.given(opened(7), isAway).when(away).expectNoEvents();
        fixture.given(opened(7), isAway, closed(7, EARLIER)).when(away).expectNoEvents();
    }

    @Test
    void aDeviceComesBackAsOnline() {
        fixture.given(opened(7), new DeviceStatusSet(ANN, PHONE, DeviceStatus.AWAY, AT), closed(7, EARLIER), opened(8))
                .when(new SetDeviceStatus(ID, PHONE, 8, DeviceStatus.ONLINE))
                .expectNoEvents();
    }

    @Test
    void onlyAConnectionCreatesAPresence() {
        fixture.givenNoPriorActivity().when(close(7, AT)).expectException(refusal(Refusal.USER_NOT_FOUND));
        fixture.givenNoPriorActivity()
                .when(new SetDeviceStatus(ID, PHONE, 7, DeviceStatus.AWAY))
                .expectException(refusal(Refusal.USER_NOT_FOUND));
    }

    @Test
    void theOldestOfTooManyDevicesIsClosed() {
        DeviceId oldest = new DeviceId("d" + (Account.MAX_DEVICES - 1));
        fixture.given(IntStream.range(0, Account.MAX_DEVICES)
                        .mapToObj(i -> new DeviceOpened(ANN, new DeviceId("d" + i), Account.MAX_DEVICES - i, AT))
                        .toList())
                .when(new OpenDevice(ID, PHONE, 700))
                .expectEvents(new DeviceClosed(ANN, oldest, 1, OfflineReason.SILENT, AT, AT), opened(700));
    }

    private static CloseDevice close(long session, Instant lastActive) {
        return new CloseDevice(ID, PHONE, session, OfflineReason.SILENT, lastActive);
    }

    private static DeviceOpened opened(long session) {
        return new DeviceOpened(ANN, PHONE, session, AT);
    }

    private static DeviceClosed closed(long session, Instant lastActive) {
        return new DeviceClosed(ANN, PHONE, session, OfflineReason.SILENT, lastActive, AT);
    }
}
