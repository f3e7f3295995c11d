package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server goes away in mid-conversation and comes back. */
class RestartedServerInTheBrowserTest {
    private static final int NOWHERE = 1;

    @TempDir
    Path dataDir;

    @Test
    void nothingIsLostOrDoubledOnThePage() throws IOException {
        try (Chromium chromium = Chromium.start();
                ConnectionCutter proxy = new ConnectionCutter(NOWHERE)) {
            ParleyServer server = startBehind(proxy);
            try (PageVisitor alice = chromium.visitor("http://localhost:" + proxy.port());
                    PageVisitor bob = chromium.visitor("http://localhost:" + proxy.port())) {
                alice.signUp();
                bob.signUp();
                alice.startTalkingTo(bob);
                alice.write("before");
                bob.openConversationWith(alice);
                assertThat(bob.messages()).containsText("before");

                server.close();
                proxy.cut();
                alice.write("one while it is away");
                bob.write("two while it is away");
                assertThat(alice.messages().getByText("sending")).hasCount(1);
                server = startBehind(proxy);
                alice.write("after");

                for (PageVisitor reader : List.of(alice, bob)) {
                    for (String text : List.of("before", "one while it is away", "two while it is away", "after")) {
                        assertThat(reader.messages().getByText(text, new Locator.GetByTextOptions().setExact(true)))
                                .hasCount(1);
                    }
                    assertThat(reader.messages().getByText("sending")).hasCount(0);
                    reader.forgiveNetworkErrors();
                    reader.expectNoErrors();
                }
            } finally {
                server.close();
            }
        }
    }

    private ParleyServer startBehind(ConnectionCutter proxy) {
        ParleyServer server = ParleyServer.startOn(
                dataDir, "parley.limits.enabled=false", "parley.gateway.url=ws://localhost:" + proxy.port() + "/ws");
        proxy.retarget(server.port());
        return server;
    }
}
