package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two people use the page in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChattingInTheBrowserTest {
    private Chromium chromium;
    private PageVisitor alice;
    private PageVisitor bob;

    @BeforeAll
    void startChromium() {
        chromium = Chromium.start();
    }

    @AfterAll
    void stopChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void twoPeopleSignUp() {
        String url = "http://localhost:" + ParleyServer.shared().port();
        alice = chromium.visitor(url);
        bob = chromium.visitor(url);
        alice.signUp();
        bob.signUp();
        assertThat(alice.button("New")).isVisible();
        assertThat(bob.button("New")).isVisible();
    }

    @AfterEach
    void thePageCausedNoErrors() {
        try {
            alice.expectNoErrors();
            bob.expectNoErrors();
        } finally {
            alice.close();
            bob.close();
        }
    }

    @Test
    void theirMessagesReachEachOther() {
        alice.startTalkingTo(bob);
        alice.write("Hello from the browser");
        assertThat(bob.inbox()).containsText("Hello from the browser");
        assertThat(bob.inbox().getByLabel("1 unread")).isVisible();
        bob.openConversationWith(alice);
        assertThat(bob.messages()).containsText("Hello from the browser");
        assertThat(bob.inbox().getByLabel("1 unread")).hasCount(0);

        bob.write("안녕하세요 👋");

        assertThat(alice.messages()).containsText("안녕하세요 👋");
    }

    @Test
    void markupInAMessageIsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\"><b>bold</b> [link](javascript:alert(1))";
        alice.startTalkingTo(bob);
        alice.write(markup);

        assertThat(alice.messages()).containsText(markup);
        assertThat(alice.messages().locator("img, b, a")).hasCount(0);
    }

    @Test
    void markupInNamesTitlesQueriesAndMessagesIsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\">";
        alice.page.navigate("/settings");
        alice.page.getByLabel("Display name").fill(markup);
        alice.button("Save").first().click();
        alice.page.navigate("/");
        alice.startTalkingTo(bob);
        alice.write("# <script>document.title='owned'</script>\n> " + markup + "\n- [a](data:text/html,x)");
        assertThat(bob.inbox()).containsText(markup);
        bob.inbox().getByRole(AriaRole.LINK).first().click();
        bob.button("Members and more").click();
        assertThat(bob.page.getByRole(AriaRole.DIALOG)).containsText(markup);
        bob.person(ParleyServer.shared().port())
                .rest
                .post("/conversations", Map.of("kind", "group", "title", markup + " group", "members", List.of()))
                .expect(201);
        assertThat(bob.inbox()).containsText(markup + " group");
        bob.page.keyboard().press("Escape");
        bob.page.getByLabel("Filter conversations").fill(markup);
        assertThat(bob.inbox()).containsText(markup + " group");

        for (PageVisitor visitor : List.of(alice, bob)) {
            assertThat(visitor.page.locator("img[src=x], #app script, .text a")).hasCount(0);
            assertThat(visitor.page).not().hasTitle("owned");
        }
    }

    @Test
    void theKeyboardSuffices() {
        Keyboard keyboard = alice.page.keyboard();
        keyboard.press("Control+Shift+O");
        assertThat(alice.page.getByLabel("Find people by name")).isFocused();
        keyboard.type(bob.username);
        assertThat(alice.page.getByText("@" + bob.username)).isVisible();
        keyboard.press("Enter");
        assertThat(alice.button("Start")).isEnabled();
        keyboard.press("Tab");
        keyboard.press("Tab");
        assertThat(alice.button("Start")).isFocused();
        keyboard.press("Enter");
        assertThat(alice.field()).isFocused();
        keyboard.type("first");
        keyboard.press("Shift+Enter");
        keyboard.type("second");
        keyboard.press("Enter");
        assertThat(bob.inbox()).containsText("first second");
        keyboard.press("ArrowUp");
        assertThat(alice.field()).hasValue("first\nsecond");
        keyboard.type("!");
        keyboard.press("Enter");
        assertThat(alice.messages()).containsText("second!");
        alice.page.navigate("/");
        assertThat(alice.inbox()).containsText("first second!");
        keyboard.press("Control+k");
        keyboard.type(bob.username);
        keyboard.press("Enter");
        assertThat(alice.page).hasURL(Pattern.compile("/c/"));
        keyboard.press("Control+/");
        assertThat(alice.page.getByRole(AriaRole.DIALOG)).isVisible();
        keyboard.press("Escape");
        assertThat(alice.page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    @Test
    void aLongKoreanMessageIsFoldedAndItsAnswerLeadsToIt() {
        alice.startTalkingTo(bob);
        alice.write("처음 " + "다람쥐 헌 쳇바퀴에 타고파. ".repeat(200) + "끝");
        assertThat(alice.button("Show all")).isVisible();
        assertThat(alice.messages()).not().containsText("끝");
        alice.button("Show all").click();
        assertThat(alice.messages()).containsText("끝");
        alice.button("Show less").click();
        bob.openConversationWith(alice);
        Locator message = bob.messages().getByRole(AriaRole.ARTICLE).first();
        message.hover();
        message.getByLabel("Reply").click();
        bob.write("답장입니다");
        for (int line = 0; line < 30; line++) {
            bob.write("line " + line);
        }
        assertThat(alice.messages()).containsText("line 29");
        Locator beginning =
                bob.messages().locator(".text").filter(new Locator.FilterOptions().setHasText(Pattern.compile("^처음")));
        assertThat(beginning).not().isInViewport();

        bob.messages().locator("button.quote").click();

        assertThat(beginning).isInViewport();
    }

    @Test
    void aReloadKeepsTheConversationOpen() {
        alice.startTalkingTo(bob);
        alice.write("still here");
        assertThat(alice.messages()).containsText("still here");

        alice.page.reload();

        assertThat(alice.page).hasURL(Pattern.compile("/c/"));
        assertThat(alice.messages()).containsText("still here");
    }

    @Test
    void whatIsSentBeforeTheHistoryIsReadStays() {
        PageVisitor.HeldAnswers history = alice.holdAnswers("**/entries?*");
        alice.startTalkingTo(bob);
        history.awaitOne();
        alice.write("sent at once");
        assertThat(bob.inbox()).containsText("sent at once");

        history.release();

        assertThat(alice.messages()).containsText("started the conversation");
        assertThat(alice.messages().getByText("sent at once", exactly())).hasCount(1);
    }

    @Test
    void whatIsWrittenOfflineIsSentOnceThereIsANetwork() {
        alice.startTalkingTo(bob);
        alice.write("before");
        bob.openConversationWith(alice);
        assertThat(bob.messages()).containsText("before");

        alice.offline();
        alice.write("first");
        alice.write("second");
        assertThat(alice.messages().getByText("sending")).hasCount(2);
        alice.online();

        assertThat(bob.messages()).containsText(Pattern.compile("first.*second", Pattern.DOTALL));
        assertThat(alice.messages().getByText("sending")).hasCount(0);
        assertThat(bob.messages().getByText("first", exactly())).hasCount(1);
    }

    @Test
    void enterSendsAComposedSyllableOnceAndWhole() {
        alice.startTalkingTo(bob);
        alice.composeAndPressEnter("한", "글", PageVisitor.Enter.WHILE_COMPOSING);
        alice.composeAndPressEnter("안", "녕", PageVisitor.Enter.AFTERWARDS);
        alice.composeAndPressEnter("하", "나", PageVisitor.Enter.BOTH);

        assertThat(bob.inbox()).containsText("하나");
        assertThat(alice.messages().locator(".text")).hasText(new String[] {"한글", "안녕", "하나"});
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
