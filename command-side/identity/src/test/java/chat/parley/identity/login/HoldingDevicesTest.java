package chat.parley.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases.Claim;
import chat.parley.api.port.DeviceLeases.Held;
import chat.parley.api.port.DeviceLeases.HeldDevice;
import chat.parley.api.port.DeviceLeases.MovedDevice;
import chat.parley.api.port.DeviceLeases.TakenDevice;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Push nodes hold devices by leases. */
class HoldingDevicesTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final HeldDevice PHONE = device("phone");

    private final Database database = TestPostgres.database();
    private final JdbcDeviceLeases leases = new JdbcDeviceLeases(JdbcClient.create(database.dataSource()));

    private static HeldDevice device(String name) {
        return new HeldDevice(new UserId("ann"), new DeviceId(name), 7);
    }

    private static HeldDevice later(HeldDevice device) {
        return new HeldDevice(device.user(), device.device(), device.presence() + 1);
    }

    @BeforeEach
    void begin() {
        leases.begin("one", "node", LONG);
        leases.begin("two", "node", LONG);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyNodeKnowsWhoIsConnected() {
        Set<UserId> ann = Set.of(PHONE.user());
        HeldDevice tablet = device("tablet");
        assertThat(leases.connected(ann)).isEmpty();
        leases.hold("one", PHONE);
        leases.adopt("one", tablet);
        assertThat(leases.connected(ann)).isEqualTo(ann);
        assertThat(leases.connected(Set.of(new UserId("bob")))).isEmpty();

        leases.setConnected("one", Map.of(PHONE, false, tablet, false));
        assertThat(leases.connected(ann)).isEmpty();
        leases.setConnected("one", Map.of(PHONE, false, tablet, true));
        assertThat(leases.connected(ann)).isEqualTo(ann);
        leases.setConnected("two", Map.of(tablet, false));
        assertThat(leases.connected(ann)).as("only the holder knows").isEqualTo(ann);

        leases.end("one");
        leases.takeEnded("two");
        assertThat(leases.connected(ann)).isEmpty();
        leases.hold("two", later(PHONE));
        assertThat(leases.connected(ann)).isEqualTo(ann);
        leases.setConnected("two", Map.of(later(PHONE), false));
        assertThat(leases.connected(ann)).as("of another presence").isEqualTo(ann);
    }

    @Test
    void aPresenceContinuesOnAnotherNode() {
        assertThat(leases.hold("one", PHONE).begins()).isTrue();
        Held continued = leases.hold("two", later(PHONE));
        assertThat(continued.begins()).isFalse();
        assertThat(continued.claim().device()).isEqualTo(PHONE);
        assertThat(leases.hold("two", PHONE).begins()).as("of the same moment").isFalse();
        assertThat(leases.release("one", PHONE)).isFalse();
        assertThat(leases.release("two", PHONE)).isTrue();
        assertThat(leases.release("two", PHONE)).isFalse();
        Held next = leases.hold("one", later(PHONE));
        assertThat(next.begins()).isTrue();
        assertThat(next.claim().device()).isEqualTo(later(PHONE));
    }

    @Test
    void theNodeThatHeldADeviceIsToldWhenTheClaimIsConfirmed() {
        leases.hold("one", PHONE);
        assertThat(leases.movedAwayFrom("one")).isEmpty();
        Held held = leases.hold("two", PHONE);
        assertThat(held.contested()).isTrue();
        assertThat(leases.movedAwayFrom("two")).isEmpty();
        assertThat(leases.movedAwayFrom("one")).isEmpty();

        leases.confirm(List.of(held.claim()));
        assertThat(leases.movedAwayFrom("one")).containsExactly(new MovedDevice(held.claim(), true));
        leases.forget("one", List.of(held.claim()));
        assertThat(leases.movedAwayFrom("one")).isEmpty();
    }

    @Test
    void theNodeThatHeldADeviceIsToldThatTheOneThatClaimedItHasLostItsConnection() {
        leases.hold("one", PHONE);
        Held held = leases.hold("two", PHONE);
        leases.setConnected("two", Map.of(PHONE, false));
        assertThat(leases.movedAwayFrom("one")).containsExactly(new MovedDevice(held.claim(), false));
    }

    @Test
    void onlyTheNewestClaimIsConfirmedOrForgotten() {
        leases.hold("one", PHONE);
        Claim former = leases.hold("two", PHONE).claim();
        Claim newest = leases.hold("two", PHONE).claim();
        leases.confirm(List.of(former));
        assertThat(leases.movedAwayFrom("one")).isEmpty();
        leases.confirm(List.of(newest));
        leases.forget("one", List.of(former));
        assertThat(leases.movedAwayFrom("one")).hasSize(1);

        leases.release("two", PHONE);
        leases.hold("one", later(PHONE));
        leases.hold("two", PHONE);
        assertThat(leases.hold("two", PHONE).claim().number()).isEqualTo(newest.number());
        leases.confirm(List.of(newest));
        assertThat(leases.movedAwayFrom("one")).as("of another presence").isEmpty();
    }

    @Test
    void everyNodeThatMayHaveAConnectionIsTold() {
        leases.begin("three", "node", LONG);
        leases.hold("one", PHONE);
        leases.hold("two", PHONE);
        Held held = leases.hold("three", PHONE);
        leases.confirm(List.of(held.claim()));
        assertThat(leases.movedAwayFrom("one")).hasSize(1);
        leases.forget("one", List.of(held.claim()));
        assertThat(leases.movedAwayFrom("one")).isEmpty();
        assertThat(leases.movedAwayFrom("two")).hasSize(1);
    }

    @Test
    void nobodyContestsADeviceOfANodeThatHasEnded() {
        leases.hold("one", PHONE);
        leases.end("one");
        leases.takeEnded("two");
        assertThat(leases.hold("two", PHONE).contested()).isFalse();
    }

    @Test
    void aClaimThatIsNotConfirmedDoesNotKeepADeviceFromANodeThatWakes() {
        leases.hold("one", PHONE);
        leases.hold("two", PHONE);
        assertThat(leases.holdAgain("one", PHONE)).map(Held::contested).contains(true);
        Held held = leases.hold("two", PHONE);
        leases.confirm(List.of(held.claim()));
        assertThat(leases.holdAgain("one", PHONE)).isEmpty();
    }

    @Test
    void aDeviceThatComesBackDidNotMoveAway() {
        leases.hold("one", PHONE);
        leases.hold("two", PHONE);
        leases.confirm(List.of(leases.hold("one", PHONE).claim()));
        assertThat(leases.movedAwayFrom("one")).isEmpty();
        assertThat(leases.movedAwayFrom("two")).hasSize(1);
    }

    @Test
    void onlyADeviceThatNobodyHoldsIsAdopted() {
        assertThat(leases.adopt("one", PHONE)).isTrue();
        assertThat(leases.adopt("two", PHONE)).isFalse();
        assertThat(leases.release("one", PHONE)).isTrue();
    }

    @Test
    void theDevicesOfAnEndedLeaseAreTaken() {
        leases.hold("one", PHONE);
        leases.hold("two", device("tablet"));
        assertThat(leases.takeEnded("two")).isEmpty();
        leases.end("one");
        assertThat(leases.takeEnded("two")).map(TakenDevice::device).containsExactly(PHONE);
        assertThat(leases.takeEnded("two")).isEmpty();
        assertThat(leases.release("two", PHONE)).isTrue();
    }

    @Test
    void aNodeThatWasPausedBeyondItsLeaseHoldsNothing() {
        leases.hold("one", PHONE);
        leases.begin("one", "node", Duration.ZERO);
        assertThat(leases.renew("one", LONG)).isFalse();
        assertThat(leases.takeEnded("two")).hasSize(1);
        assertThat(leases.release("one", PHONE)).isFalse();
        leases.begin("one", "node", LONG);
        assertThat(leases.renew("one", LONG)).isTrue();
        assertThat(leases.holdAgain("one", later(PHONE))).map(Held::begins).contains(false);
        assertThat(leases.release("one", PHONE)).isTrue();
    }

    @Test
    void oneOfManyNodesGetsEachDevice() throws Exception {
        List<HeldDevice> held =
                IntStream.range(0, 200).mapToObj(i -> device("device" + i)).toList();
        held.forEach(device -> leases.hold("one", device));
        leases.end("one");
        List<HeldDevice> taken = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<TakenDevice>>> takers = IntStream.range(0, 6)
                    .<Callable<List<TakenDevice>>>mapToObj(i -> () -> leases.takeEnded("node" + i))
                    .toList();
            for (Future<List<TakenDevice>> taker : nodes.invokeAll(takers)) {
                taker.get().forEach(device -> taken.add(device.device()));
            }
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(held);
    }
}
