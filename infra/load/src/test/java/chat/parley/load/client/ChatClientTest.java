package chat.parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.SendTimes;
import chat.parley.load.testing.FakeServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChatClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void renewsItsTokenOverTheSocketBeforeItExpires() throws InterruptedException {
        ClientMetrics metrics = new ClientMetrics(new SendTimes(0));
        try (FakeServer server = new FakeServer(new FakeServer.Settings(null, 9, 2, 0, 0));
                RestClient rest = new RestClient(server.url(), 4, PATIENCE, metrics);
                ClientNetwork network = new ClientNetwork(1, PATIENCE, metrics)) {
            UserAccount account = new UserAccount(rest, "somebody", "Somebody", "a password");
            account.register();
            ChatClient device = new ChatClient(account, network);
            Await.result(device.connect());

            await().atMost(PATIENCE).until(() -> metrics.sum(Counter.TOKENS_RENEWED) >= 2);
            assertThat(metrics.sum(Counter.CONNECTED)).isEqualTo(1);
            Await.result(device.close());
        }
    }

    @Test
    void logsInIfTheAnswerToASignUpWasLost() {
        ClientMetrics metrics = new ClientMetrics(new SendTimes(0));
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST);
                RestClient rest = new RestClient(server.url(), 4, PATIENCE, metrics)) {
            UserAccount account = new UserAccount(rest, "somebody", "Somebody", "a password");
            account.register();
            UserAccount again = new UserAccount(rest, "somebody", "Somebody", "a password");
            again.register();

            assertThat(again.user()).isEqualTo(account.user());
        }
    }
}
