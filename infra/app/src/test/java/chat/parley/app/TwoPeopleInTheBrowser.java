package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Before each test, two people sign up on the page; after it, the page must not have caused an error. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoPeopleInTheBrowser {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    PageVisitor alice;
    PageVisitor bob;

    @BeforeEach
    void twoPeopleSignUp() {
        String url = "http://localhost:" + ParleyServer.shared().port();
        alice = chromium.visitor(url);
        bob = chromium.visitor(url);
        alice.signUp();
        bob.signUp(displayNameOfBob());
        assertThat(alice.button("New")).isVisible();
        assertThat(bob.button("New")).isVisible();
    }

    String displayNameOfBob() {
        return bob.username;
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
}
