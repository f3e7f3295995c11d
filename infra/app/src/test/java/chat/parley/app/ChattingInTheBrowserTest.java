package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

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
        assertThat(bob.button("Talk")).isVisible();
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
        alice.talkTo(bob);
        alice.write("Hello from the browser");
        bob.talkTo(alice);
        assertThat(bob.messages()).containsText("Hello from the browser");

        bob.write("안녕하세요 👋");

        assertThat(alice.messages()).containsText("안녕하세요 👋");
        assertThat(alice.messages()).containsText("Hello from the browser");
    }

    @Test
    void markupInAMessageIsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>";
        alice.talkTo(bob);
        alice.write(markup);
        bob.talkTo(alice);

        assertThat(bob.messages()).containsText(markup);
        assertThat(bob.messages().locator("img[src=x]")).hasCount(0);
    }

    @Test
    void aReloadKeepsTheLogin() {
        alice.page.reload();

        assertThat(alice.button("Talk")).isVisible();
    }
}
