package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.LoadState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who stays logged in uses the page in two tabs. */
@ExtendWith(Chromium.class)
class SeveralTabsTest {
    @Test
    void shareOneConnectionWhichTheNextTabTakesOver(PageVisitor bob, PageVisitor alice) {
        bob.signUp();
        alice.signUpAndStay();
        alice.startTalkingTo(bob);
        alice.write("from the first tab");
        assertThat(alice.messages()).containsText("from the first tab");

        PageVisitor second = alice.anotherTab();
        second.openConversationWith(bob);
        assertThat(second.messages()).containsText("from the first tab");
        second.write("from the second tab");
        assertThat(alice.messages()).containsText("from the second tab");
        bob.openConversationWith(alice);
        bob.write("to both tabs");
        assertThat(alice.messages()).containsText("to both tabs");
        assertThat(second.messages()).containsText("to both tabs");
        assertThat(alice.sockets()).as("sockets of the first tab").isEqualTo(1);
        assertThat(second.sockets()).as("sockets of the second tab").isZero();

        alice.page.close();
        bob.write("after the first tab");
        assertThat(second.messages()).containsText("after the first tab");
        second.write("the second tab goes on");
        assertThat(bob.messages()).containsText("the second tab goes on");
        assertThat(second.messages().getByText("to both tabs")).hasCount(1);
        assertThat(second.sockets()).isEqualTo(1);

        PageVisitor third = second.anotherTab();
        assertThat(third.inbox()).containsText("the second tab goes on");
        // A request that the log-out overtakes is refused, which the browser reports.
        third.page.waitForLoadState(LoadState.NETWORKIDLE);
        second.button("Log out").click();
        assertThat(third.button("Log in")).isVisible();
        bob.expectNoErrors();
        second.expectNoErrors();
        third.expectNoErrors();
    }
}
