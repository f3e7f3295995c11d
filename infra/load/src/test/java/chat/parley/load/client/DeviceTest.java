package chat.parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.load.metrics.Meters;
import chat.parley.load.metrics.SendStamps;
import chat.parley.load.testing.FakeServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeviceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void renewsItsTokenOverTheSocketBeforeItExpires() throws InterruptedException {
        Meters meters = new Meters(new SendStamps(0));
        try (FakeServer server = new FakeServer(new FakeServer.Settings(null, 9, 2, 0, 0));
                Rest rest = new Rest(server.url(), 4, PATIENCE, meters);
                Network network = new Network(1, PATIENCE, meters)) {
            Account account = new Account(rest, "somebody", "Somebody", "a password");
            account.register();
            Device device = new Device(account, network);
            Waiting.result(device.start());

            await().atMost(PATIENCE).until(() -> meters.tokensRenewed.sum() >= 2);
            assertThat(meters.connected.sum()).isEqualTo(1);
            Waiting.result(device.stop());
        }
    }

    @Test
    void signingUpAgainAfterALostAnswerIsLoggingIn() {
        Meters meters = new Meters(new SendStamps(0));
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST);
                Rest rest = new Rest(server.url(), 4, PATIENCE, meters)) {
            Account account = new Account(rest, "somebody", "Somebody", "a password");
            account.register();
            Account again = new Account(rest, "somebody", "Somebody", "a password");
            again.register();

            assertThat(again.user()).isEqualTo(account.user());
        }
    }
}
