package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.api.presence.PresenceCommand.CloseDevice;
import chat.parley.api.presence.PresenceCommand.OpenDevice;
import chat.parley.identity.login.JdbcDeviceLeases;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.push.presence.DeviceLeaseKeeper;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.LeasedDeviceRegistry;
import chat.parley.testing.Intercepted;
import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Several nodes hold connected devices; one of them stops, dies, is paused, or cannot reach the leases. */
class HoldingDevicesByLeasesTest {
    private static final int GRACE_SECONDS = 30;
    private static final UserId ANN = new UserId("ann");
    private static final ConnectedDevice PHONE = new ConnectedDevice(ANN, new DeviceId("phone"));
    private static final LoginSessionId LOGIN = new LoginSessionId("login");

    private final MutableClock clock = new MutableClock();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final Database database = TestPostgres.database();
    private final VaultOfTheTest vault = new VaultOfTheTest(database);
    private final DeviceLeases leases = Intercepted.of(DeviceLeases.class, this::passOn);
    private final DeviceLeases stored = new JdbcDeviceLeases(JdbcClient.create(vault));
    private String interrupted = "";
    private Runnable interruption = () -> {};
    private final List<PresenceCommand> told = new ArrayList<>();
    private final Node one = new Node("one", Duration.ZERO);
    private final Node two = new Node("two", Duration.ofMillis(1));

    /** One connection, in which the time of the database is the test's. */
    private static final class VaultOfTheTest extends SingleConnectionDataSource {
        private final JdbcClient client = JdbcClient.create(this);
        private boolean away;

        VaultOfTheTest(Database database) {
            super(database.url(), "postgres", "postgres", true);
            execute("create schema ticking");
            execute("create function ticking.clock_timestamp() returns timestamptz language sql volatile as"
                    + " $$ select current_setting('ticking.now')::timestamptz $$");
            execute("set search_path = ticking, pg_catalog");
        }

        void execute(String sql) {
            client.sql(sql).update();
        }

        void setTime(Instant now) {
            execute("set ticking.now = '" + now + "'");
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLException("The vault is away");
            }
            return super.getConnection();
        }
    }

    @AfterEach
    void close() {
        vault.execute("drop schema ticking cascade");
        vault.destroy();
        database.close();
    }

    private final class Node {
        private final LeasedDeviceRegistry registry;
        private final DevicePresenceTracker devices;
        private final DeviceLeaseKeeper keeper;

        Node(String name, Duration ahead) {
            registry = new LeasedDeviceRegistry(leases, name);
            devices = new DevicePresenceTracker(
                    registry,
                    command -> {
                        told.add(command);
                        return CompletableFuture.completedFuture(Optional.empty());
                    },
                    name,
                    GRACE_SECONDS,
                    Clock.offset(clock, ahead),
                    nanos::get);
            keeper = new DeviceLeaseKeeper(leases, registry, devices, name);
            vault.setTime(clock.instant());
            keeper.begin();
        }

        Open connect() {
            return connect(new Open());
        }

        Open connect(Open connection) {
            devices.connected(PHONE, LOGIN, connection);
            return connection;
        }

        void second() {
            keeper.round();
            devices.tick();
        }
    }

    /** A connection that is heard of all the time and answers, until its socket is cut. */
    private final class Open implements DevicePresenceTracker.Connection {
        private boolean answers = true;
        private boolean open = true;
        private boolean replaced;

        /** The node that it is connected to need not notice it. */
        void cut() {
            answers = false;
        }

        void close(Node node) {
            cut();
            open = false;
            node.devices.disconnected(PHONE, this);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void probe(Runnable answered) {
            if (answers) {
                answered.run();
            }
        }

        @Override
        public long heardNanos() {
            return nanos.get();
        }

        @Override
        public Optional<Instant> lastActive() {
            return Optional.of(clock.instant());
        }

        @Override
        public void replaced() {
            replaced = true;
        }
    }

    private void pass(int seconds, Node... running) {
        for (int second = 0; second < seconds; second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            clock.advance(Duration.ofSeconds(1));
            vault.setTime(clock.instant());
            for (Node node : running) {
                node.second();
            }
        }
    }

    private @Nullable Object passOn(Object proxy, Method method, Object[] arguments)
            throws ReflectiveOperationException {
        interruptAt("before " + method.getName(), arguments);
        Object answer = method.invoke(stored, arguments);
        interruptAt("after " + method.getName(), arguments);
        return answer;
    }

    private void interruptAt(String moment, Object[] arguments) {
        if (moment.equals(interrupted) && arguments[0].equals("one")) {
            interrupted = "";
            interruption.run();
        }
    }

    private long closed() {
        return told.stream().filter(CloseDevice.class::isInstance).count();
    }

    @Test
    void aDeviceThatMovesToAnotherNodeKeepsItsPresence() {
        Open former = one.connect();
        two.connect();
        pass(2, one, two);
        one.devices.disconnected(PHONE, former);
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aDeviceThatComesBackIsHeldWhereItIs() {
        Open first = one.connect();
        Open elsewhere = two.connect();
        one.devices.disconnected(PHONE, first);
        Open back = one.connect();
        pass(1, one, two);
        assertThat(elsewhere.replaced).isTrue();
        two.devices.disconnected(PHONE, elsewhere);
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(back.replaced).isFalse();
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aDeviceThatComesBackLaterWithinItsGraceTimeIsHeldWhereItIs() {
        Open first = one.connect();
        Open elsewhere = two.connect();
        pass(2, one, two);
        assertThat(first.replaced).isTrue();
        one.devices.disconnected(PHONE, first);
        two.devices.disconnected(PHONE, elsewhere);
        Open back = one.connect();
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(back.replaced).isFalse();
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aDeviceThatComesBackWhileTheLeasesAreAwayIsNotReplaced() {
        Open first = one.connect();
        two.connect();
        one.devices.disconnected(PHONE, first);
        vault.away = true;
        Open back = one.connect();
        vault.away = false;
        pass(3, one, two);
        assertThat(back.replaced).isFalse();
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aDeviceThatComesBackToANodeThatHasLostItsLeaseIsNotReplaced() {
        Open first = one.connect();
        pass(15, two);
        two.connect();
        one.devices.disconnected(PHONE, first);
        pass(1, two);
        vault.away = true;
        Open back = one.connect();
        vault.away = false;
        pass(2, one, two);
        assertThat(back.replaced).isFalse();
        assertThat(closed()).isZero();
    }

    /** The leases do not answer when the device comes back before its node asks for those that have moved away. */
    @ParameterizedTest
    @CsvSource({"before takeEnded,true", "before movedAwayFrom,true", "after movedAwayFrom,false"})
    void aDeviceThatComesBackInTheRoundOfItsNodeIsNotReplaced(String moment, boolean away) {
        Open first = one.connect();
        Open elsewhere = two.connect();
        one.devices.disconnected(PHONE, first);
        List<Open> back = new ArrayList<>();
        interrupted = moment;
        interruption = () -> {
            vault.away = away;
            back.add(one.connect());
            vault.away = false;
        };
        pass(1, one);
        pass(2, one, two);
        assertThat(back).singleElement().returns(false, connection -> connection.replaced);
        assertThat(elsewhere.replaced).isTrue();
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    /** @param noticed whether its node notices at once that it was cut */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsCutBeforeItIsRegisteredDoesNotReplaceTheNextOne(boolean noticed) {
        Open late = new Open();
        Open next = cutBeforeItIsRegistered(late);
        if (noticed) {
            late.close(one);
        }
        pass(GRACE_SECONDS / 2, one, two);
        late.close(one);
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(next.replaced).isFalse();
        assertThat(two.devices.among(Set.of(ANN))).hasSize(1);
        assertThat(one.devices.among(Set.of(ANN))).hasSize(1);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    /** Its node holds the device last. */
    private Open cutBeforeItIsRegistered(Open late) {
        List<Open> next = new ArrayList<>();
        interrupted = "before hold";
        interruption = () -> {
            late.cut();
            next.add(two.connect());
        };
        one.connect(late);
        return next.getFirst();
    }

    @Test
    void aDeviceWhoseClaimDiesUnconfirmedIsHeldWhereItIsConnected() {
        Open next = cutBeforeItIsRegistered(new Open());
        pass(20, two);
        pass(3 * GRACE_SECONDS, two);
        assertThat(next.replaced).isFalse();
        assertThat(new Node("three", Duration.ZERO).devices.among(Set.of(ANN))).hasSize(1);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aDeviceWhoseClaimIsTakenByAThirdNodeIsHeldWhereItIsConnected() {
        Node three = new Node("three", Duration.ofMillis(2));
        Open next = cutBeforeItIsRegistered(new Open());
        pass(20, three, two);
        pass(3 * GRACE_SECONDS, three, two);
        assertThat(next.replaced).isFalse();
        assertThat(three.devices.among(Set.of(ANN))).hasSize(1);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aNodeThatWakesKeepsAConnectionAgainstAClaimThatIsNotConfirmed() {
        Open late = new Open();
        Open living = cutBeforeItIsRegistered(late);
        pass(15, one);
        pass(2, one, two);
        late.close(one);
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(living.replaced).isFalse();
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void everyNodeThatHadADeviceIsTold() {
        Node three = new Node("three", Duration.ofMillis(2));
        Open first = one.connect();
        Open second = two.connect();
        Open third = three.connect();
        pass(3, one, two, three);
        assertThat(List.of(first.replaced, second.replaced, third.replaced)).containsExactly(true, true, false);
    }

    @Test
    void aNodeIsToldAgainIfTheLeasesGoAwayMeanwhile() {
        Open former = one.connect();
        Open next = two.connect();
        interrupted = "after movedAwayFrom";
        interruption = () -> {
            throw new UncheckedIOException(new IOException("The answer was lost"));
        };
        pass(1, two);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> pass(1, one));
        pass(1, one, two);
        assertThat(former.replaced).isTrue();
        assertThat(next.replaced).isFalse();
    }

    @Test
    void aDeviceThatConnectsToTwoNodesInOneMillisecondOpensOnce() {
        one.connect();
        new Node("two", Duration.ZERO).connect();
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void everyNodeKnowsWhoIsConnectedToAnother() {
        Set<UserId> ann = Set.of(ANN);
        Open connection = one.connect();
        pass(1, one, two);
        assertThat(two.devices.among(ann)).isEqualTo(ann);

        one.devices.disconnected(PHONE, connection);
        pass(1, one, two);
        assertThat(two.devices.among(ann)).as("in its grace time").isEmpty();

        vault.away = true;
        connection = one.connect();
        one.devices.disconnected(PHONE, connection);
        one.connect();
        vault.away = false;
        pass(1, one, two);
        assertThat(two.devices.among(ann)).isEqualTo(ann);
        assertThat(one.devices.among(ann)).isEqualTo(ann);
    }

    @Test
    void aDeadNodesDeviceEndsOnceWithinTheGraceTimeOfASurvivor() {
        Node three = new Node("three", Duration.ofMillis(2));
        one.connect();
        pass(GRACE_SECONDS - 2, two, three);
        assertThat(closed()).isZero();
        pass(5, two, three);
        assertThat(closed()).isEqualTo(1);
        pass(3 * GRACE_SECONDS, two, three);
        assertThat(told).hasSize(2);
    }

    @Test
    void aDeadNodesDeviceMayReconnectElsewhere() {
        one.connect();
        pass(15, two);
        two.connect();
        pass(3 * GRACE_SECONDS, two);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aStoppedNodesDevicesAreTakenAtOnce() {
        Open connection = one.connect();
        one.devices.disconnected(PHONE, connection);
        one.keeper.end();
        pass(GRACE_SECONDS + 2, two);
        assertThat(closed()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasPausedBeyondItsLeaseEndsNothingThatAnotherHas() {
        one.connect();
        pass(20, two);
        two.connect();
        // It wakes, and its connection has been replaced without its knowledge.
        one.second();
        assertThat(leases.movedAwayFrom("two"))
                .as("devices that the woken node took from the other")
                .isEmpty();
        assertThat(one.registry.of(ANN)).isEmpty();
        pass(1, one, two);
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(closed()).isZero();
    }

    @Test
    void aNodeThatWasPausedBeyondItsLeaseHoldsAgainWhatIsConnectedToIt() {
        one.connect();
        // The other node took the device, which did not connect to it.
        pass(15, two);
        pass(1, one, two);
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
        assertThat(one.registry.of(ANN)).hasSize(1);
    }

    @Test
    void aNodeThatWakesWhileTheLeasesAreAwayHoldsItsDevicesLater() {
        one.connect();
        pass(15, two);
        vault.execute("alter table vault.held_devices rename to away");
        try {
            assertThatExceptionOfType(BadSqlGrammarException.class).isThrownBy(one::second);
        } finally {
            vault.execute("alter table vault.away rename to held_devices");
        }
        pass(3 * GRACE_SECONDS, one, two);
        assertThat(told).singleElement().isInstanceOf(OpenDevice.class);
    }

    @Test
    void aDeviceThatConnectsWhileTheLeasesAreAwayIsRegisteredLater() {
        vault.away = true;
        one.connect();
        vault.away = false;
        pass(2, one, two);
        // The other node takes it after the death of the first, so it was registered.
        pass(2 * GRACE_SECONDS, two);
        assertThat(closed()).isEqualTo(1);
    }
}
