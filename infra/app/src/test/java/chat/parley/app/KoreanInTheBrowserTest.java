package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Syllables are composed with an input method in the fields of the page. */
class KoreanInTheBrowserTest extends TwoPeopleInTheBrowser {
    private InputMethod inputMethod;

    @Override
    String displayNameOfBob() {
        return "밥" + bob.username;
    }

    @BeforeEach
    void twoPeopleTalk() {
        alice.startTalkingTo(bob);
        assertThat(alice.field()).isFocused();
        inputMethod = InputMethod.of(alice.page);
    }

    @Test
    void enterSendsAComposedSyllableOnceAndWhole() {
        alice.composeAndPressEnter("한", "글", PageVisitor.Enter.WHILE_COMPOSING);
        alice.composeAndPressEnter("안", "녕", PageVisitor.Enter.AFTERWARDS);
        alice.composeAndPressEnter("하", "나", PageVisitor.Enter.BOTH);

        assertThat(bob.inbox()).containsText("하나");
        assertThat(texts()).hasText(new String[] {"한글", "안녕", "하나"});
    }

    @Test
    void enterSavesAnEditOnce() {
        alice.write("처음");
        assertThat(bob.inbox()).containsText("처음");
        alice.page.keyboard().press("ArrowUp");
        assertThat(alice.field()).hasValue("처음");
        inputMethod.compose("글");
        inputMethod.press("Escape");
        assertThat(alice.button("Save")).isVisible();

        inputMethod.press("Enter");
        inputMethod.commit("글");
        alice.page.keyboard().press("Enter");

        assertThat(texts()).hasText(new String[] {"처음글"});
        assertThat(alice.messages().getByText("edited")).isVisible();
        assertThat(alice.field()).hasValue("");
    }

    @Test
    void enterCompletesAMentionAndSendsNothing() {
        alice.page.keyboard().type("@");
        inputMethod.compose("밥");
        assertThat(alice.page.getByRole(AriaRole.OPTION)).hasCount(1);

        inputMethod.press("Enter");
        inputMethod.commit("밥");
        alice.page.keyboard().press("Enter");

        assertThat(alice.field()).hasValue("@" + bob.username + " ");
        assertThat(texts()).hasCount(0);
        alice.page.keyboard().press("Enter");
        assertThat(texts()).hasText("@" + bob.username);
    }

    @Test
    void onlyEnterWithoutShiftSends() {
        inputMethod.compose("첫");
        alice.page.keyboard().press("Shift+Enter");
        inputMethod.commit("줄");
        alice.page.keyboard().press("Shift+Enter");
        inputMethod.compose("둘");
        alice.button("Members and more").focus();
        alice.field().focus();
        assertThat(texts()).hasCount(0);
        assertThat(alice.field()).hasValue(Pattern.compile("줄\n+둘"));
    }

    @Test
    void pastingBetweenSyllablesKeepsBoth() {
        alice.page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        alice.page.evaluate("text => navigator.clipboard.writeText(text)", " 붙인 글 ");
        inputMethod.compose("앞");
        // Input methods end a composition when they are given another key.
        inputMethod.commit("앞");
        alice.page.keyboard().press("Control+v");
        assertThat(alice.field()).hasValue("앞 붙인 글 ");
        inputMethod.composeAndPressEnter("뒤");

        assertThat(texts()).hasText(new String[] {"앞 붙인 글 뒤"});
        assertThat(alice.field()).hasValue("");
    }

    @Test
    void enterChoosesAmongCandidatesInOtherScripts() {
        inputMethod.compose("にほん");
        inputMethod.press("Enter");
        inputMethod.commit("日本");
        assertThat(alice.field()).hasValue("日本");
        inputMethod.composeAndPressEnter("은");

        assertThat(texts()).hasText(new String[] {"日本은"});
    }

    @Test
    void enterGoesWhereTheSwitcherPointsAndChoosesAPerson() {
        String conversation = alice.page.url();
        alice.page.navigate("/");
        assertThat(alice.inbox()).containsText("밥");
        alice.page.keyboard().press("Control+k");
        assertThat(alice.page.getByRole(AriaRole.COMBOBOX)).isFocused();
        inputMethod.composeAndPressEnter("밥");
        assertThat(alice.page).hasURL(conversation);

        alice.page.keyboard().press("Control+Shift+O");
        assertThat(alice.page.getByLabel("Find people by name")).isFocused();
        inputMethod.compose("밥");
        assertThat(alice.page.getByText("@" + bob.username)).isVisible();
        inputMethod.press("Enter");
        inputMethod.commit("밥");
        assertThat(alice.button("Start")).isEnabled();
    }

    private Locator texts() {
        return alice.messages().locator(".text");
    }
}
