package chat.parley.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ConversationId;
import chat.parley.notifications.address.PushAddress.Apns;
import chat.parley.notifications.delivery.ApnsSender;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.Payloads;
import chat.parley.notifications.delivery.PushNotification;
import chat.parley.notifications.delivery.PushOutcome;
import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.ParsingMockApnsServerListenerAdapter;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.PushNotificationHandlerFactory;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.test.util.TestSocketUtils;

/** Uses pushy's mock server, which checks tokens, topics and signatures like Apple's; it takes seconds to stop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendingByApnsTest {
    private static final String TOKEN = "aa".repeat(32);
    private static final String LOST_TOKEN = "bb".repeat(32);
    private static final String UNKNOWN_TOKEN = "cc".repeat(32);
    private static final Instant LOST_AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final String TOPIC = "chat.parley.app";
    private static final ConversationId TALK = new ConversationId("c-talk");
    private static final PushNotification ALERT = new PushNotification.Alert(TALK, 7, "Ann", "Hello", 3);

    private final KeyPair signing = P256.pair();
    private final List<ApnsPushNotification> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RejectionReason> refusal = new AtomicReference<>();
    private final MockApnsServer server;
    private final ApnsSender sender;

    SendingByApnsTest() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        int port = TestSocketUtils.findAvailableTcpPort();
        ApnsVerificationKey verifying = new ApnsVerificationKey("KEYID", "TEAMID", (ECPublicKey) signing.getPublic());
        server = new MockApnsServerBuilder()
                .setServerCredentials(
                        new X509Certificate[] {certificate.getCertificate()},
                        certificate.getKeyPair().getPrivate(),
                        null)
                .setHandlerFactory(refusable(new ValidatingPushNotificationHandlerFactory(
                        Map.of(TOPIC, Set.of(TOKEN, LOST_TOKEN)),
                        Map.of(LOST_TOKEN, LOST_AT),
                        Map.of("KEYID", verifying),
                        Map.of(verifying, Set.of(TOPIC)))))
                .setListener(new ParsingMockApnsServerListenerAdapter() {
                    @Override
                    public void handlePushNotificationAccepted(ApnsPushNotification notification) {
                        received.add(notification);
                    }

                    @Override
                    public void handlePushNotificationRejected(
                            ApnsPushNotification notification,
                            RejectionReason reason,
                            @Nullable Instant invalidatedAt) {}
                })
                .build();
        server.start(port).get();
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(signing.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        sender = new ApnsSender(
                new NotificationProperties.Apns(
                        new ByteArrayResource(key.getBytes(UTF_8)),
                        "KEYID",
                        "TEAMID",
                        TOPIC,
                        "localhost",
                        port,
                        new ByteArrayResource(certificate.getCertificatePEM().getBytes(UTF_8))),
                new Payloads(),
                Duration.ofSeconds(20),
                Clock.systemUTC());
    }

    private PushNotificationHandlerFactory refusable(PushNotificationHandlerFactory validating) {
        return session -> {
            PushNotificationHandler handler = validating.buildHandler(session);
            return (headers, payload) -> {
                handler.handlePushNotification(headers, payload);
                RejectionReason reason = refusal.getAndSet(null);
                if (reason != null) {
                    throw new RejectedNotificationException(reason);
                }
            };
        };
    }

    @BeforeEach
    void forget() {
        received.clear();
    }

    @AfterAll
    void stop() {
        sender.close();
        server.shutdown().join();
    }

    @Test
    void anAlertIsSignedShownAndCollapsed() throws InterruptedException {
        assertThat(sender.send(new Apns(TOKEN), ALERT)).isEqualTo(new PushOutcome.Accepted());
        ApnsPushNotification push = received.getFirst();
        assertThat(push.getPushType()).isEqualTo(PushType.ALERT);
        assertThat(push.getCollapseId()).isEqualTo(ALERT.collapseKey());
        assertThat(push.getPayload()).contains("Ann", "Hello", "\"unread\":3", "c-talk");
    }

    @Test
    void aWithdrawalIsSilent() throws InterruptedException {
        assertThat(sender.send(new Apns(TOKEN), new PushNotification.Withdrawal(TALK, 7)))
                .isEqualTo(new PushOutcome.Accepted());
        assertThat(received.getFirst().getPushType()).isEqualTo(PushType.BACKGROUND);
        assertThat(received.getFirst().getPayload())
                .contains("content-available")
                .doesNotContain("alert");
    }

    @Test
    void eachAnswerOfAppleIsMappedToAnOutcome() throws InterruptedException {
        assertThat(sender.send(new Apns(LOST_TOKEN), ALERT)).isEqualTo(new PushOutcome.Gone(LOST_AT));
        assertThat(sender.send(new Apns(UNKNOWN_TOKEN), ALERT)).isInstanceOf(PushOutcome.Gone.class);
        refusal.set(RejectionReason.TOO_MANY_REQUESTS);
        assertThat(sender.send(new Apns(TOKEN), ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
        refusal.set(RejectionReason.INTERNAL_SERVER_ERROR);
        assertThat(sender.send(new Apns(TOKEN), ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
        refusal.set(RejectionReason.PAYLOAD_TOO_LARGE);
        assertThat(sender.send(new Apns(TOKEN), ALERT)).isEqualTo(new PushOutcome.Rejected("PayloadTooLarge"));
        assertThat(received).isEmpty();
    }
}
