package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ConversationId;
import chat.parley.notifications.LocalServer.Answer;
import chat.parley.notifications.address.PushAddress.Fcm;
import chat.parley.notifications.delivery.FcmSender;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.Payloads;
import chat.parley.notifications.delivery.PushNotification;
import chat.parley.notifications.delivery.PushOutcome;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SendingByFcmTest {
    private static final Fcm PHONE = new Fcm("registration-token");
    private static final ConversationId TALK = new ConversationId("c-talk");
    private static final PushNotification ALERT = new PushNotification.Alert(TALK, 7, "Ann", "Hello", 3);

    private final FcmPeer peer = new FcmPeer();
    private final FcmSender sender = new FcmSender(
            new NotificationProperties.Fcm(peer.serviceAccount(), peer.url("")),
            new Payloads(),
            Duration.ofSeconds(10),
            Clock.systemUTC());

    @AfterEach
    void stop() {
        sender.close();
        peer.close();
    }

    @Test
    void anAlertIsShownAndCollapsedAndTheAccessTokenIsReused() throws InterruptedException {
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.Accepted());
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.Accepted());
        JsonNode message = peer.received().getFirst();
        assertThat(message.path("token").asString()).isEqualTo(PHONE.token());
        assertThat(message.path("notification").path("body").asString()).isEqualTo("Hello");
        assertThat(message.path("android").path("collapse_key").asString()).isEqualTo(ALERT.collapseKey());
        assertThat(message.path("android")
                        .path("notification")
                        .path("notification_count")
                        .asInt())
                .isEqualTo(3);
        assertThat(peer.tokensGiven()).isEqualTo(1);
    }

    @Test
    void aWithdrawalIsSilent() throws InterruptedException {
        assertThat(sender.send(PHONE, new PushNotification.Withdrawal(TALK, 7))).isEqualTo(new PushOutcome.Accepted());
        assertThat(peer.received().getFirst().has("notification")).isFalse();
        assertThat(peer.received().getFirst().path("data").path("type").asString())
                .isEqualTo("read");
    }

    @Test
    void eachAnswerOfGoogleIsMappedToAnOutcome() throws InterruptedException {
        peer.next(Answer.of(429).with("Retry-After", "60"));
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.TryAgain(Duration.ofMinutes(1)));
        peer.next(Answer.of(503));
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
        peer.next(FcmPeer.unregistered());
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.Gone(null));
        peer.next(Answer.of(400));
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.Rejected("400"));
    }

    @Test
    void aRefusedAccessTokenIsRenewed() throws InterruptedException {
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.Accepted());
        peer.forgetTokens();
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.TryAgain(null));
        assertThat(sender.send(PHONE, ALERT)).isEqualTo(new PushOutcome.Accepted());
    }
}
