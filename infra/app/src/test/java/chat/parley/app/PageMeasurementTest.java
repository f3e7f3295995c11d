package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Prints what the page takes: time to the first conversation, bytes and requests of each route, its own work for a jump,
 * and its heap over much traffic. Runs with {@code -Dparley.measure=true} only and asserts no times, because they depend
 * on the machine. {@code -Dparley.measure.messages=1000000} makes a conversation of a million entries.
 */
@EnabledIfSystemProperty(named = "parley.measure", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageMeasurementTest {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private static final int CONVERSATIONS = 1_000;
    private static final int MESSAGES = Integer.getInteger("parley.measure.messages", 5_000);
    /** Several commands of as many messages as one takes. */
    private static final int IN_FLIGHT = 256;

    private static final int ROUNDS = 6;

    /** A message that is posted in a frame arrives after the frame was drawn. */
    private static final String NOTE_FIRST_MESSAGE = """
            new MutationObserver((changes, observer) => {
              if (document.querySelector('[data-position]')) {
                observer.disconnect();
                requestAnimationFrame(() => {
                  const { port1, port2 } = new MessageChannel();
                  port1.onmessage = () => { window.firstMessageDrawn = performance.now(); };
                  port2.postMessage(null);
                });
              }
            }).observe(document, { childList: true, subtree: true });""";

    /** One token lasts for all the messages. */
    private final ParleyServer server = ParleyServer.start(
            "parley.limits.enabled=false",
            "parley.limits.socket.max-in-flight=" + IN_FLIGHT,
            "parley.auth.access-token-ttl=6h");

    private final TestUser reader = server.newPerson();
    private final TestUser writer = server.newPerson();
    private String group;

    @BeforeAll
    void aLongConversationAmongMany() {
        for (int number = 1; number < CONVERSATIONS; number++) {
            reader.startGroup(Map.of("title", "Group " + number));
        }
        group = reader.startGroup(Map.of("title", "Lively"), writer);
        talk(MESSAGES);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void talk(int messages) {
        try (SocketClient socket = writer.connect()) {
            for (int number = 1; number <= messages + IN_FLIGHT; number++) {
                if (number > IN_FLIGHT) {
                    socket.await("ack");
                }
                if (number <= messages) {
                    socket.send(
                            TestUser.message(group, "message " + number + " of a lively group, about nothing much"));
                }
            }
        }
    }

    @Test
    void timesOfTheFirstConversation() {
        for (boolean throttled : List.of(false, true)) {
            try (PageVisitor visitor = visitor()) {
                visitor.page.addInitScript(NOTE_FIRST_MESSAGE);
                visitor.logIn(reader);
                assertThat(visitor.inbox()).containsText("Lively");
                DevTools devTools = DevTools.of(visitor.page);
                if (throttled) {
                    devTools.session().send("Network.emulateNetworkConditions", fourthGeneration());
                }
                devTools.session().send("Network.clearBrowserCache");
                for (String state : List.of("cold", "warm", "warm again")) {
                    Traffic traffic = new Traffic(devTools);
                    long millis = millisToFirstMessage(visitor, "/c/" + group);
                    print("%s, %s: first message after %d ms; %s", throttled ? "4G" : "local", state, millis, traffic);
                }
            }
        }
    }

    @Test
    void trafficOfEachRoute() {
        try (PageVisitor visitor = visitor()) {
            visitor.logIn(Admins.everyRole(server));
            assertThat(visitor.inbox()).isVisible();
            DevTools devTools = DevTools.of(visitor.page);
            for (String route : List.of("/", "/settings", "/search", "/analyst", "/audit", "/admin")) {
                devTools.session().send("Network.clearBrowserCache");
                Traffic traffic = new Traffic(devTools);
                visitor.page.navigate(route);
                visitor.page.waitForLoadState(LoadState.NETWORKIDLE);
                print("%s without a cache: %s", route, traffic);
            }
        }
    }

    @Test
    void workOfJumps() {
        try (PageVisitor visitor = visitor()) {
            visitor.logIn(reader);
            assertThat(visitor.inbox()).containsText("Lively");
            visitor.page.navigate("/c/" + group);
            assertThat(visitor.messages()).containsText("message " + MESSAGES);
            DevTools devTools = DevTools.of(visitor.page);
            for (int position : List.of(2, MESSAGES / 2, MESSAGES / 4, MESSAGES - 1_000, 10)) {
                double before = devTools.workSeconds();
                visitor.page.evaluate(
                        "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }",
                        "/c/" + group + "/" + position);
                visitor.page.locator("[data-position=\"" + position + "\"]").waitFor();
                double work = devTools.workSeconds() - before;
                print("jump to %d of %d: %.0f ms of work", position, MESSAGES, work * 1_000);
            }
        }
    }

    @Test
    void heapOverTraffic() {
        try (PageVisitor visitor = visitor()) {
            visitor.logIn(reader);
            assertThat(visitor.inbox()).containsText("Lively");
            visitor.page.navigate("/c/" + group);
            DevTools devTools = DevTools.of(visitor.page);
            for (int round = 0; round <= ROUNDS; round++) {
                devTools.collectGarbage();
                print(
                        "after %d entries: heap %.1f MB, %.0f nodes",
                        round * MESSAGES / ROUNDS, devTools.heapBytes() / 1e6, devTools.nodes());
                talk(MESSAGES / ROUNDS);
            }
        }
    }

    private PageVisitor visitor() {
        return chromium.visitor(server);
    }

    /** Until the frame with it was drawn, by the clock of the page. */
    private static long millisToFirstMessage(PageVisitor visitor, String path) {
        visitor.page.navigate(path);
        Object millis =
                visitor.page.waitForFunction("() => window.firstMessageDrawn").jsonValue();
        return Math.round(((Number) millis).doubleValue());
    }

    private static JsonObject fourthGeneration() {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", 60);
        conditions.addProperty("downloadThroughput", 9_000_000 / 8);
        conditions.addProperty("uploadThroughput", 3_000_000 / 8);
        return conditions;
    }

    private static void print(String format, Object... values) {
        System.out.printf("page: " + format + "%n", values);
    }

    /** What the network has carried since this was made. */
    private static final class Traffic {
        private final List<Double> sizes = new ArrayList<>();

        Traffic(DevTools devTools) {
            devTools.session()
                    .on(
                            "Network.loadingFinished",
                            finished ->
                                    sizes.add(finished.get("encodedDataLength").getAsDouble()));
        }

        @Override
        public String toString() {
            double bytes = sizes.stream().mapToDouble(Double::doubleValue).sum();
            return "%d requests, %.1f KB".formatted(sizes.size(), bytes / 1_000);
        }
    }
}
