package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever people write, the page shows as text. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarkupInTheBrowserTest {
    private static final Page.GetByRoleOptions SEARCH =
            new Page.GetByRoleOptions().setName("Search").setExact(true);

    private static final String MARKUP = "\"'><img src=x onerror=\"document.title='owned'\">";

    private static final List<String> MESSAGES = List.of(
            MARKUP,
            "# <script>document.title='owned'</script>\n> " + MARKUP + "\n- [a](data:text/html,x)",
            "[link](javascript:document.title='owned') [link](JaVaScRiPt&#58;alert(1)) [link](\u0001javascript:alert(1))",
            "[link](java\tscript:alert(1)) [link](vbscript:x) [link](blob:x) [link](//evil.example) [link](/settings)",
            "<javascript:alert(1)> ![picture](javascript:alert(1)) ![picture](https://evil.example/x.png)",
            "[ref]\n\n[ref]: javascript:alert(1) \"title\"",
            "`<b>` ``` <i> ``` ~~~\n</code></pre><svg onload=\"document.title='owned'\">\n~~~",
            "|<b>a</b>|\n|-|\n|<script>1</script>|",
            "<a href=\"javascript:alert(1)\" onclick=\"alert(1)\">x</a><iframe srcdoc=\"<script>1</script>\"></iframe>",
            "<mark>not found</mark> &lt;mark&gt; &amp;lt; <style>*{display:none}</style>");

    /** Elements, attributes and links that no text may become. */
    private static final String DANGEROUS = "() => [...document.querySelectorAll('#app *')].filter(element =>"
            + " ['SCRIPT', 'IFRAME', 'STYLE', 'OBJECT', 'EMBED', 'BASE', 'META'].includes(element.tagName)"
            + " || (element.tagName === 'IMG' && element.getAttribute('src') !== '/favicon.svg')"
            + " || [...element.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc')"
            + " || (element.hasAttribute('href') && !['http:', 'https:', 'mailto:'].includes(element.protocol))"
            + " || (element.closest('.text') && element.tagName === 'A'"
            + "     && new URL(element.href).origin === location.origin)"
            + ").map(element => element.outerHTML.slice(0, 200))";

    private final ParleyServer server = ParleyServer.shared();

    @Test
    void isTextInNamesTitlesMessagesAndFields(PageVisitor alice, PageVisitor bob) {
        alice.signUp(MARKUP);
        bob.signUp();
        assertThat(bob.button("New")).isVisible();
        alice.startTalkingTo(bob);
        for (String message : MESSAGES) {
            alice.write(message);
        }
        assertThat(alice.messages().locator(".text")).hasCount(MESSAGES.size());
        assertThat(alice.messages()).containsText(MARKUP);
        assertThat(bob.inbox()).containsText(MARKUP);
        bob.inbox().getByRole(AriaRole.LINK).first().click();
        assertThat(bob.messages().locator(".text")).hasCount(MESSAGES.size());
        Locator message = bob.messages().getByRole(AriaRole.ARTICLE).last();
        message.hover();
        message.getByLabel("Reply").click();
        assertThat(bob.page.getByText("Replying to " + MARKUP)).isVisible();
        bob.button("Members and more").click();
        assertThat(bob.page.getByRole(AriaRole.DIALOG)).containsText(MARKUP);
        bob.person(server.port())
                .rest
                .post("/conversations", Map.of("kind", "group", "title", MARKUP + " group", "members", List.of()))
                .expect(201);
        assertThat(bob.inbox()).containsText(MARKUP + " group");
        expectNothingDangerous(alice, bob);

        bob.page.keyboard().press("Escape");
        bob.page.getByLabel("Filter conversations").fill(MARKUP);
        assertThat(bob.inbox()).containsText(MARKUP + " group");
        bob.page.navigate("/search?q=" + java.net.URLEncoder.encode(MARKUP, java.nio.charset.StandardCharsets.UTF_8));
        assertThat(bob.page.getByRole(AriaRole.SEARCHBOX, SEARCH)).hasValue(MARKUP);
        expectNothingDangerous(bob);
    }

    @Test
    void anotherDirectionEndsWithItsText(PageVisitor alice, PageVisitor bob) {
        String name = "\u05D0\u05D1\u05D2 שלום";
        alice.signUp(name);
        bob.signUp();
        assertThat(bob.button("New")).isVisible();
        alice.startTalkingTo(bob);
        alice.write("turned \u202Eround\u200B, not ended");
        bob.inbox().getByRole(AriaRole.LINK).first().click();
        bob.write("an answer");
        assertThat(alice.inbox()).containsText("an answer");
        assertThat(bob.messages()).containsText(name + " started the conversation");

        for (PageVisitor visitor : List.of(alice, bob)) {
            assertThat(visitor.page.evaluate(
                            "() => [...document.querySelectorAll('.line time, .message time')].filter(time =>"
                                    + " time.getBoundingClientRect().left < time.parentElement.firstElementChild"
                                    + ".getBoundingClientRect().left).length"))
                    .isEqualTo(0);
        }
    }

    private static void expectNothingDangerous(PageVisitor... visitors) {
        for (PageVisitor visitor : visitors) {
            assertThat((List<?>) visitor.page.evaluate(DANGEROUS)).isEmpty();
            assertThat(visitor.page).not().hasTitle("owned");
        }
    }
}
