package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.testing.ChildJvm;
import chat.parley.testing.TcpProxy;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The server goes away in mid-conversation and comes back. */
class RestartedServerInTheBrowserTest {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @TempDir
    Path dataDir;

    @Test
    void nothingIsLostOrDoubledOnThePageWhenTheServerIsKilled() throws IOException {
        try (TcpProxy proxy = new TcpProxy(TcpProxy.NOWHERE)) {
            ChildJvm server = startProcessBehind(proxy);
            try (PageVisitor alice = chromium.visitor("http://localhost:" + proxy.port());
                    PageVisitor bob = chromium.visitor("http://localhost:" + proxy.port())) {
                alice.signUp();
                bob.signUp();
                alice.startTalkingTo(bob);
                alice.write("before");
                bob.openConversationWith(alice);
                assertThat(bob.messages()).containsText("before");

                alice.write("just before its end");
                server.kill();
                proxy.cut();
                alice.write("one while it is away");
                bob.write("two while it is away");
                assertThat(bob.messages().getByText("sending")).hasCount(1);
                server = startProcessBehind(proxy);
                alice.write("after");

                for (PageVisitor reader : List.of(alice, bob)) {
                    for (String text : List.of(
                            "before", "just before its end", "one while it is away", "two while it is away", "after")) {
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

    /** The page was loaded with a policy that names the old gateway only. */
    @Test
    void anOpenPageFindsAGatewayWithANewAddress() throws IOException {
        try (TcpProxy proxy = new TcpProxy(TcpProxy.NOWHERE);
                TcpProxy oldGateway = new TcpProxy(TcpProxy.NOWHERE);
                TcpProxy newGateway = new TcpProxy(TcpProxy.NOWHERE)) {
            ParleyServer server = startBehind(proxy, oldGateway);
            try (PageVisitor alice = chromium.visitor("http://localhost:" + proxy.port());
                    PageVisitor bob = chromium.visitor("http://localhost:" + proxy.port())) {
                alice.signUp();
                bob.signUp();
                alice.startTalkingTo(bob);
                alice.write("before");
                bob.openConversationWith(alice);
                assertThat(bob.messages()).containsText("before");
                bob.field().fill("half a sentence");

                server.close();
                proxy.cut();
                oldGateway.cut();
                alice.write("while it is away");
                server = startBehind(proxy, newGateway);

                assertThat(bob.messages().getByText("while it is away")).hasCount(1);
                assertThat(alice.messages().getByText("sending")).hasCount(0);
                assertThat(bob.field()).hasValue("half a sentence");
                bob.write("over the new gateway");
                assertThat(alice.messages()).containsText("over the new gateway");
                for (PageVisitor visitor : List.of(alice, bob)) {
                    assertThat(visitor.page.getByText("Connecting")).hasCount(0);
                    visitor.forgiveNetworkErrors();
                    visitor.forgiveRefusedConnections();
                    visitor.expectNoErrors();
                }
            } finally {
                server.close();
            }
        }
    }

    private ChildJvm startProcessBehind(TcpProxy proxy) {
        ChildJvm server = ParleyProcess.start(
                dataDir.resolve("data"),
                dataDir.resolve("log"),
                "parley.gateway.url=ws://localhost:" + proxy.port() + "/ws");
        proxy.retarget(ParleyProcess.awaitPort(server));
        return server;
    }

    private ParleyServer startBehind(TcpProxy page, TcpProxy gateway) {
        ParleyServer server = ParleyServer.startOn(
                dataDir, "parley.limits.enabled=false", "parley.gateway.url=ws://localhost:" + gateway.port() + "/ws");
        page.retarget(server.port());
        gateway.retarget(server.port());
        return server;
    }
}
