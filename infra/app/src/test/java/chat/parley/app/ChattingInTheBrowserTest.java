package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two people use the page in Chromium. */
class ChattingInTheBrowserTest extends TwoPeopleInTheBrowser {
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

    /** The search is older than the account. */
    @Test
    void aPersonWhoSignsUpIsFoundWithoutAnotherSearch(PageVisitor newcomer) {
        alice.button("New").click();
        alice.page.waitForResponse(
                response -> response.url().contains("/users?query="),
                () -> alice.page.getByLabel("Find people by name").fill(newcomer.username));
        assertThat(alice.page.getByText("Nobody found")).isVisible();
        newcomer.signUp();
        assertThat(alice.page.getByText("@" + newcomer.username)).isVisible();
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
    void aReloadShowsWhatTheBrowserKeptBeforeTheServerAnswers() {
        alice.startTalkingTo(bob);
        alice.write("still here");
        assertThat(alice.messages()).containsText("still here");
        PageVisitor.HeldAnswers answers = alice.holdAnswers("**/api/**");

        alice.page.reload();

        answers.awaitOne();
        assertThat(alice.messages()).containsText("still here");
        answers.release();
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
    void aRefusedMessageIsSentAgainUnderItsOwnId() {
        alice.startTalkingTo(bob);
        alice.write("before the block");
        assertThat(bob.inbox()).containsText("before the block");
        TestUser blocker = bob.person(ParleyServer.shared().port());
        String sender = alice.person(ParleyServer.shared().port()).id;
        blocker.rest.put("/users/me/blocks/" + sender, Map.of()).expect(200, 201, 204);
        alice.write("refused at first");
        assertThat(alice.messages()).containsText("Not sent: This person cannot be written to.");
        alice.page.reload();
        assertThat(alice.messages()).containsText("Not sent: This person cannot be written to.");
        String unsent = (String) alice.page.evaluate(
                "Object.keys(sessionStorage).find(key => key.startsWith('parley.outbox.')).split('.').at(-1)");

        blocker.rest.delete("/users/me/blocks/" + sender).expect(200, 204);
        alice.button("Try again").click();

        assertThat(alice.button("Try again")).hasCount(0);
        bob.openConversationWith(alice);
        assertThat(bob.messages().getByText("refused at first", exactly())).hasCount(1);
        String conversation = alice.page.url().replaceFirst(".*/c/", "");
        org.assertj.core.api.Assertions.assertThat(blocker.rest
                        .get("/conversations/" + conversation + "/entries")
                        .expect(200)
                        .get("entries")
                        .valueStream()
                        .filter(entry -> entry.path("text").asString("").equals("refused at first")))
                .extracting(entry -> entry.get("clientMessageId").asString())
                .containsExactly(unsent);
    }

    @Test
    void whatIsWrittenOfflineSurvivesAReload() {
        alice.startTalkingTo(bob);
        alice.write("before");
        assertThat(bob.inbox()).containsText("before");
        String url = alice.page.url();

        alice.offline();
        alice.write("written offline");
        assertThat(alice.messages().getByText("sending")).hasCount(1);
        alice.page.navigate("about:blank");
        alice.online();
        alice.page.navigate(url);

        assertThat(bob.inbox()).containsText("written offline");
        assertThat(alice.messages().getByText("written offline", exactly())).hasCount(1);
        assertThat(alice.messages().getByText("sending")).hasCount(0);
    }

    @Test
    void theLongestMessageIsSentAndFolded() {
        alice.startTalkingTo(bob);
        alice.field().fill("가".repeat(100_001));
        assertThat(alice.page.getByText("1 characters too many")).isVisible();
        assertThat(alice.button("Send")).isDisabled();

        alice.write("가".repeat(99_999) + "끝");

        bob.openConversationWith(alice);
        assertThat(bob.messages()).not().containsText("끝");
        bob.button("Show all").click();
        assertThat(bob.messages()).containsText("끝");
    }

    @Test
    void aMenuAndADialogGiveTheFocusBack() {
        alice.startTalkingTo(bob);
        alice.write("a message");
        Locator actions = alice.messages()
                .getByLabel("What to do with this message")
                .locator("button")
                .last();
        actions.focus();
        alice.page.keyboard().press("Enter");
        assertThat(alice.button("Reply").last()).isFocused();
        alice.page.keyboard().press("Escape");
        assertThat(actions).isFocused();
        alice.page.keyboard().press("Enter");
        alice.button("Delete").press("Enter");
        assertThat(alice.page.getByRole(AriaRole.DIALOG)).isVisible();
        alice.page.keyboard().press("Escape");
        assertThat(actions).isFocused();
        alice.button("Members and more").press("Enter");
        assertThat(alice.page.getByRole(AriaRole.DIALOG)).isVisible();
        alice.button("Close").press("Enter");
        assertThat(alice.button("Members and more")).isFocused();
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
