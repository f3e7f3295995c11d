package chat.parley.notifications;

import static chat.parley.notifications.GroupChatFixture.ANN;
import static chat.parley.notifications.GroupChatFixture.BOB;
import static chat.parley.notifications.GroupChatFixture.CAT;
import static chat.parley.notifications.GroupChatFixture.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.QuietHours;
import chat.parley.notifications.LocalServer.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ann and Bob send messages. Cat is always notified, which shows that all earlier messages are decided. */
class NotifyingOfflineUsersTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private final NotifyingNode node = new NotifyingNode(Duration.ofMillis(400));
    private final GroupChatFixture chat = node.chat;

    NotifyingOfflineUsersTest() {
        node.phone(BOB);
        node.phone(CAT);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Settings settings(boolean notifications, boolean text, @Nullable QuietHours quiet, String language) {
        return new Settings(
                ContactRequests.EVERYBODY,
                Settings.GroupAdditions.EVERYBODY,
                true,
                notifications,
                text,
                quiet,
                language);
    }

    @Test
    void everyDeviceOfAnOfflineUserIsNotifiedOnceAndTheSenderIsNot() {
        node.phone(ANN);
        node.browser(BOB);
        chat.say(ANN, "Tea is ready");
        node.awaitPhone(BOB, "Tea | Name of ann: Tea is ready");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(node.browsers.received()).hasSize(1));
        chat.say(ANN, "Really");
        node.awaitPhone(BOB, "Tea | Name of ann: Tea is ready", "Tea | Name of ann: Really");
        assertThat(node.phoneShowed(ANN)).isEmpty();
        assertThat(node.meters()
                        .counter("parley.notifications.sent", "service", "fcm")
                        .count())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void countersExistBeforeTheFirstNotification() {
        for (String outcome : List.of("sent", "retried", "failed", "dropped", "removed")) {
            assertThat(node.meters().find("parley.notifications." + outcome).counters())
                    .as(outcome)
                    .hasSize(2);
        }
        assertThat(node.meters().find("parley.notifications.passed.over").counter())
                .isNotNull();
    }

    @Test
    void messagesWithinTheSettleTimeAreOneNotification() {
        chat.say(ANN, "one");
        chat.say(ANN, "two");
        chat.say(ANN, "three");
        node.awaitPhone(BOB, "Tea | Name of ann: three");
        JsonNode shown = node.google.received().getFirst();
        assertThat(shown.path("android")
                        .path("notification")
                        .path("notification_count")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aUserWhoIsConnectedOrReadsInTimeIsNotNotified() {
        node.connected.add(BOB);
        chat.say(ANN, "one");
        node.awaitPhone(CAT, "Tea | Name of ann: one");
        node.connected.remove(BOB);
        long second = chat.say(ANN, "two");
        chat.read(BOB, second);
        node.awaitPhone(CAT, "Tea | Name of ann: one", "Tea | Name of ann: two");
        assertThat(node.phoneShowed(BOB)).isEmpty();
    }

    @Test
    void onlyAMentionOverridesAMute() {
        chat.mutes(BOB);
        chat.say(ANN, "one");
        node.awaitPhone(CAT, "Tea | Name of ann: one");
        assertThat(node.phoneShowed(BOB)).isEmpty();
        chat.say(ANN, "Bob!", BOB);
        chat.say(ANN, "three");
        node.awaitPhone(BOB, "Tea | Name of ann: Bob!");
    }

    @Test
    void messagesOfABlockedUserAreNotNotified() {
        chat.blocks(BOB, ANN);
        chat.say(ANN, "one");
        node.awaitPhone(CAT, "Tea | Name of ann: one");
        assertThat(node.phoneShowed(BOB)).isEmpty();
    }

    @Test
    void quietHoursAndDisabledNotificationsApply() {
        node.phone(ANN);
        LocalTime now = LocalTime.now(Clock.systemUTC());
        chat.decides(
                BOB, settings(true, true, new QuietHours(now.minusHours(1), now.plusHours(1), ZoneOffset.UTC), "en"));
        chat.decides(ANN, settings(false, true, null, "en"));
        chat.say(CAT, "one");
        chat.say(ANN, "two");
        node.awaitPhone(CAT, "Tea | Name of ann: two");
        assertThat(node.phoneShowed(BOB)).isEmpty();
        assertThat(node.phoneShowed(ANN)).isEmpty();
    }

    @Test
    void aHiddenTextIsReplacedByTheCountInTheUsersLanguage() {
        chat.decides(BOB, settings(true, false, null, "ko-KR"));
        chat.decides(CAT, settings(true, false, null, "fi"));
        chat.say(ANN, "secret");
        node.awaitPhone(BOB, "Parley | 새 메시지 1개");
        node.awaitPhone(CAT, "Parley | A new message");
    }

    @Test
    void anErasedTextIsNotShown() {
        CountDownLatch held = chat.protection().hold();
        chat.say(ANN, "secret");
        chat.protection().destroy(ANN);
        held.countDown();
        node.awaitPhone(BOB, "Parley | A new message");
    }

    @Test
    void retractedAndOldMessagesAreNotNotified() {
        chat.say(ANN, "old", Clock.systemUTC().instant().minus(Duration.ofHours(2)));
        long position = chat.say(ANN, "oops");
        chat.retract(ANN, position);
        chat.say(BOB, "three");
        node.awaitPhone(CAT, "Tea | Name of bob: three");
        assertThat(node.phoneShowed(BOB)).isEmpty();
    }

    @Test
    void anEditedMessageIsShownWithItsCurrentText() {
        long position = chat.say(ANN, "Tee is ready");
        chat.edit(ANN, position, "Tea is almost ready");
        chat.edit(ANN, position, "Tea is ready");
        node.awaitPhone(BOB, "Tea | Name of ann: Tea is ready");
    }

    @Test
    void onlyCurrentMentionsOverrideAMute() {
        chat.mutes(BOB);
        chat.mutes(CAT);
        long position = chat.say(ANN, "Bob!", BOB);
        chat.edit(ANN, position, "Cat!", CAT);
        node.awaitPhone(CAT, "Tea | Name of ann: Cat!");
        assertThat(node.phoneShowed(BOB)).isEmpty();
    }

    @Test
    void aMessageRetractedBeforeARetryIsNotNotified() {
        node.connected.add(CAT);
        node.google.next(Answer.of(429).with("Retry-After", "2"));
        long position = chat.say(ANN, "oops");
        await().atMost(LONG_ENOUGH)
                .until(() -> node.meters()
                                .counter("parley.notifications.retried", "service", "fcm")
                                .count()
                        == 1);
        chat.retract(ANN, position);
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        node.meters().get("parley.notifications.queued").gauge().value() == 0);
        assertThat(node.phoneShowed(BOB)).isEmpty();
    }

    @Test
    void aMessageReadOnAnotherDeviceIsWithdrawn() {
        long position = chat.say(ANN, "one");
        node.awaitPhone(BOB, "Tea | Name of ann: one");
        chat.read(BOB, position);
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(node.google.received())
                        .filteredOn(message -> !message.has("notification"))
                        .singleElement()
                        .satisfies(message -> {
                            assertThat(message.path("token").asString()).isEqualTo("token-of-bob");
                            assertThat(message.path("data").path("conversation").asString())
                                    .isEqualTo(TALK.value());
                        }));
    }

    @Test
    void anOverloadedServiceIsRetriedAndNotifiesOnce() {
        node.connected.add(CAT);
        node.google.next(Answer.of(429).with("Retry-After", "1"));
        node.google.next(Answer.of(500));
        chat.say(ANN, "one");
        node.awaitPhone(BOB, "Tea | Name of ann: one");
        assertThat(node.meters()
                        .counter("parley.notifications.retried", "service", "fcm")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRegistrationReportedAsGoneIsRemoved() {
        node.connected.add(CAT);
        node.google.next(FcmPeer.unregistered());
        chat.say(ANN, "one");
        await().atMost(LONG_ENOUGH).until(() -> !node.isRegistered(BOB));
        assertThat(node.isRegistered(CAT)).isTrue();
    }

    @Test
    void aLogoutRemovesTheRegistrationButNotALaterOne() {
        chat.publish(new SessionEnded(
                BOB,
                new DeviceId("phone"),
                new LoginSessionId("an-earlier-session"),
                Clock.systemUTC().instant()));
        chat.publish(new SessionEnded(
                CAT,
                new DeviceId("phone"),
                new LoginSessionId("session-of-cat"),
                Clock.systemUTC().instant()));
        await().atMost(LONG_ENOUGH).until(() -> !node.isRegistered(CAT));
        assertThat(node.isRegistered(BOB)).isTrue();
    }

    @Test
    void anUnresponsiveServerDoesNotDelayOthers() {
        node.browser(BOB);
        CountDownLatch held = node.browsers.hold();
        chat.say(ANN, "one");
        node.awaitPhone(BOB, "Tea | Name of ann: one");
        chat.say(ANN, "two");
        node.awaitPhone(BOB, "Tea | Name of ann: one", "Tea | Name of ann: two");
        assertThat(node.browsers.received()).isEmpty();
        held.countDown();
    }
}
