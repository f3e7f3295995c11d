package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Before each test, two people sign up on the page; after it, the page must not have caused an error. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoPeopleInTheBrowser {
    PageVisitor alice;
    PageVisitor bob;

    @BeforeEach
    void twoPeopleSignUp(PageVisitor first, PageVisitor second) {
        alice = first;
        bob = second;
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
        alice.expectNoErrors();
        bob.expectNoErrors();
    }
}
