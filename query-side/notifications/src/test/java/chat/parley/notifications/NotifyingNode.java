package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.address.PushAddress;
import chat.parley.notifications.decision.NotifierProcess;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.PushSenders;
import chat.parley.notifications.registration.RegisteredDevice;
import chat.parley.notifications.registration.Registrations;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The notifier as the application configures it, with an event store, the vault and local push services. */
final class NotifyingNode implements AutoCloseable {
    final GroupChatFixture chat;
    final FcmPeer google = new FcmPeer();
    final WebPushPeer browsers;
    final Set<UserId> connected = ConcurrentHashMap.newKeySet();
    private final KeyPair vapid = P256.pair();
    private final Database database = TestPostgres.database();
    private final DataSource vault = database.dataSource();
    private final Clock clock;
    private final Registrations registrations;
    private final NotificationProperties properties;
    private final QueryGateway queries;
    private final PushSenders senders;
    private NotifierProcess process;
    private MeterRegistry meters;

    NotifyingNode(Duration settle) {
        this(settle, Clock.systemUTC());
    }

    /** @param clock of everything but the push services */
    NotifyingNode(Duration settle, Clock clock) {
        this.clock = clock;
        chat = new GroupChatFixture(clock);
        registrations = new Registrations(vault, clock, 20, Duration.ofDays(1));
        browsers = new WebPushPeer(vapid);
        properties = new NotificationProperties(
                settle,
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofMillis(20),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                1_000,
                1_000,
                1_000,
                2,
                20,
                Duration.ofDays(1),
                new NotificationProperties.WebPush(
                        P256.base64(P256.uncompressed(vapid)),
                        P256.base64(P256.scalar(vapid)),
                        WebPushPeer.SUBJECT,
                        true),
                new NotificationProperties.Apns(null, null, null, null, "localhost", 1, null),
                new NotificationProperties.Fcm(google.serviceAccount(), google.url("")));
        queries = InMemoryQueries.gateway(chat);
        senders = new PushSenders(properties, new PublicAddresses(true), Clock.systemUTC());
        start();
    }

    private void start() {
        meters = new SimpleMeterRegistry();
        process = new NotificationsConfiguration()
                .notifierProcess(
                        properties,
                        registrations,
                        senders,
                        users -> users.stream().filter(connected::contains).collect(Collectors.toSet()),
                        chat.blockPolicy(),
                        chat,
                        chat.protection(),
                        queries,
                        chat.events(),
                        Jackson3Serializer.builder().build(),
                        vault,
                        meters,
                        clock);
        process.start();
        // It begins at the head, so earlier messages are not notified.
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(JdbcClient.create(vault)
                                .sql("select count(*) from vault.push_tokens where owner is not null")
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1));
    }

    void stop() {
        process.stop();
    }

    /** Restarts as after a kill: state in memory is lost. */
    void startAgain() {
        start();
    }

    MeterRegistry meters() {
        return meters;
    }

    /** Waits until recipients are to be decided for so many messages. */
    void awaitUndecided(int messages) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("parley.notifications.waiting").gauge().value() == messages);
    }

    void phone(UserId user) {
        registrations.put(
                new RegisteredDevice(user, new DeviceId("phone"), new PushAddress.Fcm("token-of-" + user)),
                new LoginSessionId("session-of-" + user));
    }

    void browser(UserId user) {
        registrations.put(
                new RegisteredDevice(user, new DeviceId("browser"), browsers.address(user.value())),
                new LoginSessionId("other-session-of-" + user));
    }

    boolean isRegistered(UserId user) {
        return !registrations.of(List.of(user)).isEmpty();
    }

    /** Titles and texts of the notifications on the phone. */
    List<String> phoneShowed(UserId user) {
        return google.received().stream()
                .filter(message -> message.path("token").asString().equals("token-of-" + user))
                .filter(message -> message.has("notification"))
                .map(message -> message.path("notification").path("title").asString() + " | "
                        + message.path("notification").path("body").asString())
                .toList();
    }

    void awaitPhone(UserId user, String... shown) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(phoneShowed(user)).containsExactly(shown));
    }

    @Override
    public void close() {
        process.stop();
        senders.close();
        google.close();
        browsers.close();
        database.close();
    }
}
