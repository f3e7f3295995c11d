package chat.parley.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases.HeldDevice;
import chat.parley.api.port.DeviceLeases.Presence;
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
    private static final Presence BEGUN = new Presence(PHONE.presence(), true);
    private static final Presence CONTINUED = new Presence(PHONE.presence(), false);

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
        assertThat(leases.hold("one", PHONE)).isEqualTo(BEGUN);
        assertThat(leases.hold("two", later(PHONE))).isEqualTo(CONTINUED);
        assertThat(leases.hold("two", PHONE)).as("of the same moment").isEqualTo(CONTINUED);
        assertThat(leases.release("one", PHONE)).isFalse();
        assertThat(leases.release("two", PHONE)).isTrue();
        assertThat(leases.release("two", PHONE)).isFalse();
        assertThat(leases.hold("one", later(PHONE))).isEqualTo(new Presence(8, true));
    }

    @Test
    void theNodeThatHeldADeviceIsToldOnce() {
        leases.hold("one", PHONE);
        assertThat(leases.movedAwayFrom("one")).isEmpty();
        leases.hold("two", PHONE);
        assertThat(leases.movedAwayFrom("two")).isEmpty();
        assertThat(leases.movedAwayFrom("one")).containsExactly(PHONE);
        assertThat(leases.movedAwayFrom("one")).isEmpty();
    }

    @Test
    void aDeviceThatComesBackDidNotMoveAway() {
        leases.hold("one", PHONE);
        leases.hold("two", PHONE);
        leases.hold("one", PHONE);
        assertThat(leases.movedAwayFrom("one")).isEmpty();
        assertThat(leases.movedAwayFrom("two")).containsExactly(PHONE);
        leases.hold("one", PHONE);
        assertThat(leases.movedAwayFrom("one")).isEmpty();
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
        assertThat(leases.holdAgain("one", later(PHONE))).contains(CONTINUED);
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
