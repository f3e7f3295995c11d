package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ConversationId;
import chat.parley.notifications.LocalServer.Answer;
import chat.parley.notifications.WebPushPeer.Received;
import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.delivery.Payloads;
import chat.parley.notifications.delivery.PushNotification;
import chat.parley.notifications.delivery.PushOutcome;
import chat.parley.notifications.delivery.VapidKeys;
import chat.parley.notifications.delivery.WebPushSender;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendingByWebPushTest {
    private static final ConversationId TALK = new ConversationId("c-talk");
    private static final PushNotification ALERT = new PushNotification.Alert(TALK, 7, "앤", "안녕 🙂", 3);

    private final KeyPair vapid = P256.pair();
    private final WebPushPeer peer = new WebPushPeer(vapid);
    private final WebPushSender sender = sender(vapid, true);

    private static WebPushSender sender(KeyPair vapid, boolean allowLoopback) {
        return new WebPushSender(
                VapidKeys.parse(P256.base64(P256.uncompressed(vapid)), P256.base64(P256.scalar(vapid))),
                WebPushPeer.SUBJECT,
                new PublicAddresses(allowLoopback),
                new Payloads(),
                4,
                Duration.ofSeconds(10),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        sender.close();
        peer.close();
    }

    @Test
    void theBrowserCanDecryptThePushAndTheServiceVerifiesTheSender() throws InterruptedException {
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.Accepted());
        Received push = peer.received().getFirst();
        assertThat(push.payload().path("title").asString()).isEqualTo("앤");
        assertThat(push.payload().path("body").asString()).isEqualTo("안녕 🙂");
        assertThat(push.payload().path("unread").asLong()).isEqualTo(3);
        assertThat(push.topic()).hasSize(32).matches("[A-Za-z0-9_-]+");
        assertThat(push.ttl()).isPositive();
    }

    @Test
    void aWithdrawalReplacesTheAlertAndIsNotStored() throws InterruptedException {
        sender.send(peer.address("a"), ALERT);
        sender.send(peer.address("a"), new PushNotification.Withdrawal(TALK, 7));
        assertThat(peer.received()).extracting(Received::topic).containsOnly(ALERT.collapseKey());
        assertThat(peer.received().getLast().ttl()).isZero();
        assertThat(peer.received().getLast().payload().path("type").asString()).isEqualTo("read");
    }

    @Test
    void eachAnswerOfTheServiceIsMappedToAnOutcome() throws InterruptedException {
        peer.next(Answer.of(429).with("Retry-After", "17"));
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.TryAgain(Duration.ofSeconds(17)));
        peer.next(Answer.of(500));
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
        peer.next(Answer.of(410));
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.Gone(null));
        peer.next(Answer.of(413));
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.Rejected("413"));
    }

    @Test
    void aRedirectIsNotFollowed() throws InterruptedException {
        peer.next(Answer.of(307).with("Location", peer.url("/push/elsewhere").toString()));
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.Rejected("307"));
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void noConnectionIsMadeToAnAddressThatIsNotPublic() throws InterruptedException {
        try (WebPushSender strict = sender(vapid, false)) {
            assertThat(strict.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
        }
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void anUnreachableServiceIsRetried() throws InterruptedException {
        peer.close();
        assertThat(sender.send(peer.address("a"), ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
    }
}
