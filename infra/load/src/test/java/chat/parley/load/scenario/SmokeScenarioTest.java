package chat.parley.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.Main;
import chat.parley.load.testing.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmokeScenarioTest {
    @Test
    void exitsWithZeroIfTwoUsersCanExchangeMessages() {
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST)) {
            assertThat(Main.run("smoke", "--url", server.url().toString(), "--patience", "30"))
                    .isZero();
        }
    }

    @Test
    void exitsWithOneIfTheServerIsUnreachable() {
        FakeServer server = new FakeServer(FakeServer.Settings.HONEST);
        server.close();
        assertThat(Main.run("smoke", "--url", server.url().toString(), "--patience", "1"))
                .isOne();
    }

    @Test
    void exitsWithTwoForWrongArguments() {
        assertThat(Main.run("replay")).isEqualTo(2);
    }
}
