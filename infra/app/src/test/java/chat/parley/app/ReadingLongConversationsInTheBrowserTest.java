package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody goes far back in a conversation that is much longer than what the page keeps of it. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingLongConversationsInTheBrowserTest {
    /** More than the page keeps, and more than one answer of the server has. */
    private static final int MESSAGES = 500;

    private static final int MORE_THAN_THE_PAGE_KEEPS = 260;

    private static final int PINNED = 30;

    /** What the browser itself keeps varies by some megabytes; messages that are never let go take 200. */
    private static final double GROWTH_BYTES = 30e6;

    /** One collection does not free what was just taken off the page; a leak stays. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The first entry in sight, and how far below the upper edge it begins. */
    private static final String PLACE = """
            scroller => {
              const offset = element => element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
              const first = [...scroller.querySelectorAll('[data-position]')]
                  .find(entry => offset(entry) + entry.offsetHeight > 0);
              return `${first.dataset.position} ${Math.round(offset(first))}`;
            }""";

    private final ParleyServer server = ParleyServer.shared();
    private TestUser writer;
    private TestUser reader;
    private String group;
    private long first;

    @BeforeEach
    void aLongConversation() {
        writer = server.newPerson();
        reader = server.newPerson();
        group = writer.startGroup(Map.of("title", "Long"), reader);
        first = DirectConversationScenario.send(writer, group, "the first of many");
        try (SocketClient socket = writer.connect()) {
            for (int number = 1; number <= MESSAGES; number++) {
                socket.ask(TestUser.message(group, "number " + number));
            }
        }
    }

    @Test
    void aMessageFarBackHasTheReactionsOfToday(PageVisitor visitor) {
        react(writer, first, "👍");
        react(reader, first, "👍");
        react(reader, first, "🎉");
        unreact(reader, first, "🎉");
        visitor.logIn(reader);
        assertThat(visitor.inbox()).containsText("Long");
        visitor.page.navigate("/c/" + group + "/" + first);

        Locator message = visitor.messages()
                .getByRole(AriaRole.ARTICLE)
                .filter(new Locator.FilterOptions().setHasText("the first of many"));
        Locator reactions = message.locator(".reactions button");
        assertThat(reactions).hasText(new String[] {"👍 2"});

        react(writer, first, "🎉");
        assertThat(reactions).hasText(new String[] {"👍 2", "🎉 1"});
        reactions.first().click();
        assertThat(reactions).hasText(new String[] {"👍 1", "🎉 1"});
        visitor.page.reload();
        assertThat(reactions).hasText(new String[] {"👍 1", "🎉 1"});
        visitor.expectNoErrors();
    }

    @Test
    void itsPinnedMessagesAreReadTogether(PageVisitor visitor) {
        for (long message = first; message < first + PINNED; message++) {
            writer.rest
                    .put("/conversations/" + group + "/pins/" + message, Map.of())
                    .expect(200);
        }
        List<String> asked = new CopyOnWriteArrayList<>();
        visitor.logIn(reader);
        assertThat(visitor.inbox()).containsText("Long");
        visitor.page.navigate("/c/" + group);
        assertThat(visitor.messages()).containsText("number " + MESSAGES);
        visitor.page.onRequest(request -> asked.add(request.url()));
        visitor.button("Members and more").click();

        Locator pins = visitor.page.getByRole(AriaRole.DIALOG).locator(".pins").getByRole(AriaRole.BUTTON);
        assertThat(pins).hasCount(PINNED);
        assertThat(pins.first()).containsText("number " + (PINNED - 1));
        assertThat(pins.last()).containsText("the first of many");
        org.assertj.core.api.Assertions.assertThat(asked)
                .filteredOn(url -> url.contains("/entries?"))
                .hasSize(1);
        visitor.expectNoErrors();
    }

    @Test
    void aReloadKeepsThePlace(PageVisitor visitor) {
        visitor.logIn(reader);
        assertThat(visitor.inbox()).containsText("Long");
        visitor.page.navigate("/c/" + group);
        assertThat(visitor.messages()).containsText("number " + MESSAGES);
        Locator scroller = visitor.page.locator(".room .scroll");
        scroller.evaluate("element => { element.scrollTop = 0; }");
        assertThat(visitor.messages()).containsText("number " + (MESSAGES - 100));
        scroller.evaluate("element => { element.scrollTop = 700; }");
        String place = String.valueOf(scroller.evaluate(PLACE));

        visitor.page.waitForResponse("**/entries?*", () -> visitor.page.reload());
        visitor.page.waitForLoadState(LoadState.NETWORKIDLE);

        assertThat(visitor.messages()).containsText("number " + (MESSAGES - 100));
        await().untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(scroller.evaluate(PLACE))
                .isEqualTo(place));
        visitor.expectNoErrors();
    }

    @Test
    void thePageDoesNotGrowWithTheTraffic(PageVisitor visitor) {
        visitor.logIn(reader);
        assertThat(visitor.inbox()).containsText("Long");
        visitor.page.navigate("/c/" + group);
        DevTools devTools = DevTools.of(visitor.page);
        talkUntilShown(visitor, "before", MORE_THAN_THE_PAGE_KEEPS);
        devTools.collectGarbage();
        double heap = devTools.heapBytes();
        double nodes = devTools.nodes();

        talkUntilShown(visitor, "after", 2 * MORE_THAN_THE_PAGE_KEEPS);
        await().atMost(LIMIT).untilAsserted(() -> {
            devTools.collectGarbage();
            org.assertj.core.api.Assertions.assertThat(devTools.heapBytes()).isLessThan(heap + GROWTH_BYTES);
            org.assertj.core.api.Assertions.assertThat(devTools.nodes()).isLessThan(1.5 * nodes);
        });
        visitor.expectNoErrors();
    }

    private void talkUntilShown(PageVisitor visitor, String text, int messages) {
        try (SocketClient socket = writer.connect()) {
            for (int number = 1; number <= messages; number++) {
                socket.ask(TestUser.message(group, text + " " + number));
            }
        }
        assertThat(visitor.messages()).containsText(text + " " + messages);
    }

    private void react(TestUser person, long message, String emoji) {
        person.rest
                .put("/conversations/" + group + "/messages/" + message + "/reactions/" + emoji, Map.of())
                .expect(200, 201, 204);
    }

    private void unreact(TestUser person, long message, String emoji) {
        person.rest
                .delete("/conversations/" + group + "/messages/" + message + "/reactions/" + emoji)
                .expect(200, 204);
    }
}
