package chat.parley.notifications;

import static chat.parley.notifications.GroupChatFixture.ANN;
import static chat.parley.notifications.GroupChatFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifyingAcrossRestartsTest {
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final MutableClock clock = new MutableClock();
    private final NotifyingNode node = new NotifyingNode(SETTLE, clock);
    private final GroupChatFixture chat = node.chat;

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void waitingNotificationsAreSentAndSentOnesAreNotRepeated() {
        node.phone(BOB);
        chat.say(ANN, "told before");
        node.awaitUndecided(1);
        clock.advance(SETTLE);
        node.awaitPhone(BOB, "Tea | Name of ann: told before");
        node.awaitUndecided(0);

        chat.say(ANN, "waits");
        node.awaitUndecided(1);
        node.stop();
        chat.say(ANN, "comes meanwhile");
        node.startAgain();
        node.awaitUndecided(2);
        clock.advance(SETTLE);
        node.awaitPhone(BOB, "Tea | Name of ann: told before", "Tea | Name of ann: comes meanwhile");
        node.awaitUndecided(0);

        node.stop();
        node.startAgain();
        chat.say(ANN, "comes later");
        // The stream may begin again before messages that were sent, so their number is not known.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            clock.advance(SETTLE);
            return node.google.received().size() == 3;
        });
        node.awaitPhone(
                BOB,
                "Tea | Name of ann: told before",
                "Tea | Name of ann: comes meanwhile",
                "Tea | Name of ann: comes later");
        assertThat(node.google.received()).hasSize(3);
    }
}
