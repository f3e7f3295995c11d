package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
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
