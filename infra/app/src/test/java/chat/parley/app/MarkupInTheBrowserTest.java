package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
    void isTextInEditsPinsReactionsAndLists(PageVisitor bob, PageVisitor outsider) {
        TestUser alice = named(MARKUP);
        bob.signUp();
        outsider.signUp();
        assertThat(bob.button("New")).isVisible();
        assertThat(outsider.button("New")).isVisible();
        String group = alice.startGroup(Map.of("title", MARKUP, "joinable", true), bob.person(server.port()));
        String path = "/conversations/" + group;
        long message = DirectConversationScenario.send(alice, group, "as sent");
        try (SocketClient socket = alice.connect()) {
            socket.ask(Map.of(
                    "type", "message.edit", "ref", "e", "conversation", group, "position", message, "text", MARKUP));
        }
        alice.rest.put(path + "/pins/" + message, Map.of()).expect(200);
        String reactions = path + "/messages/" + message + "/reactions/";
        alice.rest.put(reactions + "%3Cb%3E", Map.of()).expectProblem(400, "emoji-invalid");
        alice.rest.put(reactions + "👍", Map.of()).expect(200);

        bob.inbox().getByRole(AriaRole.LINK).first().click();
        assertThat(bob.messages().locator(".text")).hasText(MARKUP);
        assertThat(bob.messages().getByTitle(MARKUP)).hasText("👍 1");
        try (SocketClient socket = alice.connect()) {
            socket.send(Map.of("type", "typing", "conversation", group));
            assertThat(bob.page.getByText(MARKUP + " is typing…")).isVisible();
        }
        bob.field().pressSequentially("@im");
        assertThat(bob.page.getByRole(AriaRole.OPTION)).containsText(MARKUP);
        expectNothingDangerous(bob);
        bob.field().fill("");
        bob.button("Members and more").click();
        assertThat(bob.page.locator(".pins")).hasText(MARKUP + " " + MARKUP);
        expectNothingDangerous(bob);
        bob.page.keyboard().press("Escape");
        bob.page.keyboard().press("Control+k");
        assertThat(bob.page.getByRole(AriaRole.OPTION)).hasText(MARKUP);
        expectNothingDangerous(bob);

        outsider.page.navigate("/c/" + group);
        assertThat(outsider.button("Join the group")).isVisible();
        assertThat(outsider.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(MARKUP)))
                .isVisible();
        expectNothingDangerous(outsider);
    }

    @Test
    void isTextOnTheDesksOfAuditorsAndAdmins(PageVisitor auditor, PageVisitor admin) throws IOException {
        TestUser alice = named(MARKUP);
        String group = alice.startGroup(Map.of("title", MARKUP));
        DirectConversationScenario.send(alice, group, MARKUP);
        String reason = "=" + MARKUP;
        auditor.logIn(Admins.holder(server, SystemRole.AUDITOR));
        assertThat(auditor.page).hasURL(Pattern.compile("/audit$"));
        auditor.page.getByLabel("Reason").fill(reason);
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.button("Show").click();
        assertThat(auditor.page.locator(".past .text")).hasText(MARKUP);
        assertThat(auditor.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(MARKUP)))
                .isVisible();
        auditor.button("Who could read this").last().click();
        assertThat(auditor.page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Who could read this")))
                .containsText(MARKUP);
        expectNothingDangerous(auditor);

        openDesk(auditor, "Replay");
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.pick("As seen by", alice.username);
        auditor.page.getByLabel("Speed").selectOption("1000");
        auditor.button("Play").click();
        assertThat(auditor.page.locator(".past .text")).hasText(MARKUP);
        assertThat(auditor.page.locator(".chips")).containsText(MARKUP);
        expectNothingDangerous(auditor);

        openDesk(auditor, "Stored events");
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.button("Show").click();
        assertThat(auditor.page.getByRole(AriaRole.CELL).getByText(MARKUP).first())
                .isVisible();
        expectNothingDangerous(auditor);

        openDesk(auditor, "Holds");
        auditor.page.getByLabel("Name of the hold").fill(alice.username);
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.button("Place the hold").click();
        Locator hold =
                auditor.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(alice.username));
        assertThat(hold).containsText(reason);
        expectNothingDangerous(auditor);

        openDesk(auditor, "Who accessed what");
        auditor.button("Show").click();
        assertThat(auditor.page.getByRole(AriaRole.CELL).getByText(reason).first())
                .isVisible();
        expectNothingDangerous(auditor);
        assertThat(auditor.page.locator("td.long").first()).hasText(Pattern.compile("/access-review .*tz=[^%?&]+$"));
        Download review =
                auditor.page.waitForDownload(() -> auditor.button("CSV").click());
        assertThat(Files.readString(review.path()))
                .contains("\"'" + reason.replace("\"", "\"\"") + "\"")
                .doesNotContain("\"=");
        auditor.expectNoErrors();

        admin.logIn(Admins.admin(server));
        assertThat(admin.inbox()).isVisible();
        admin.page.navigate("/admin");
        admin.page.getByLabel("Reason").fill(reason);
        admin.pick("Find people by name", alice.username);
        assertThat(admin.page.getByText("@" + alice.username)).isVisible();
        assertThat(admin.page.getByRole(AriaRole.MAIN)).containsText(MARKUP);
        expectNothingDangerous(admin);
        admin.expectNoErrors();
    }

    private TestUser named(String displayName) {
        TestUser person = server.newPerson();
        person.rest.patch("/users/me", Map.of("displayName", displayName)).expect(200);
        return person;
    }

    private static void openDesk(PageVisitor auditor, String name) {
        auditor.page
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
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
