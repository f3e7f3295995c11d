package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.port.LiveSessions;
import chat.parley.notifications.address.PushService;
import chat.parley.notifications.decision.NotifierProcess;
import chat.parley.notifications.delivery.PushSenders;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class NotificationsNeedKeysTest {
    private final GroupChatFixture chat = new GroupChatFixture(Clock.systemUTC());
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(NotificationsConfiguration.class)
            .withBean(DataSource.class, () -> TestPostgres.database().dataSource())
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(GroupChatFixture.class, () -> chat)
            .withBean(FakeTextProtection.class, chat::protection)
            .withBean(BlockPolicy.class, chat::blockPolicy)
            .withBean(SimpleMeterRegistry.class)
            .withBean(EventStore.class, chat::events)
            .withBean(Serializer.class, () -> Jackson3Serializer.builder().build())
            .withBean(QueryGateway.class, InMemoryQueries::gateway);

    @Test
    void withoutKeysTheEventsAreNotFollowed() {
        application.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(NotifierProcess.class);
            assertThat(context.getBean(PushSenders.class).services()).isEmpty();
        });
    }

    @Test
    void aServiceIsOnWithItsKeys(@TempDir Path folder) throws IOException {
        KeyPair vapid = P256.pair();
        try (FcmPeer google = new FcmPeer()) {
            Path account = Files.write(
                    folder.resolve("account.json"), google.serviceAccount().getByteArray());
            application
                    .withBean(LiveSessions.class, () -> _ -> Set.of())
                    .withPropertyValues(
                            "parley.notifications.web-push.public-key=" + P256.base64(P256.uncompressed(vapid)),
                            "parley.notifications.web-push.private-key=" + P256.base64(P256.scalar(vapid)),
                            "parley.notifications.web-push.subject=mailto:ops@example.org",
                            "parley.notifications.fcm.service-account=file:" + account)
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context.getBean(NotifierProcess.class).isRunning())
                                .isTrue();
                        assertThat(context.getBean(PushSenders.class).services())
                                .containsExactly(PushService.WEB_PUSH, PushService.FCM);
                    });
        }
    }

    @Test
    void invalidKeysAreRefusedWithoutBeingRepeated() {
        application
                .withBean(LiveSessions.class, () -> _ -> Set.of())
                .withPropertyValues(
                        "parley.notifications.web-push.public-key=c2VjcmV0",
                        "parley.notifications.web-push.private-key=c2VjcmV0",
                        "parley.notifications.web-push.subject=mailto:ops@example.org")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("web-push.public-key")
                        .hasMessageNotContaining("c2VjcmV0"));
    }
}
