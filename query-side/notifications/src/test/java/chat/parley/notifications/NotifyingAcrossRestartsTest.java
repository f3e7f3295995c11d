package chat.parley.notifications;

import static chat.parley.notifications.Chat.ANN;
import static chat.parley.notifications.Chat.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifyingAcrossRestartsTest {
    private final NotifyingNode node = new NotifyingNode(Duration.ofSeconds(1));
    private final Chat chat = node.chat;

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void waitingNotificationsAreSentAndSentOnesAreNotRepeated() {
        node.phone(BOB);
        chat.say(ANN, "told before");
        node.awaitPhone(BOB, "Tea | Name of ann: told before");
        chat.say(ANN, "waits");
        node.stop();
        chat.say(ANN, "comes meanwhile");
        node.startAgain();
        node.awaitPhone(BOB, "Tea | Name of ann: told before", "Tea | Name of ann: comes meanwhile");
        node.stop();
        node.startAgain();
        chat.say(ANN, "comes later");
        node.awaitPhone(
                BOB,
                "Tea | Name of ann: told before",
                "Tea | Name of ann: comes meanwhile",
                "Tea | Name of ann: comes later");
        assertThat(node.google.received()).hasSize(3);
    }
}
