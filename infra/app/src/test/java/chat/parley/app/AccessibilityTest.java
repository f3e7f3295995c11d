package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** axe-core looks at every view, in light and dark. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessibilityTest {
    private static final String VIOLATIONS = "async () => (await axe.run()).violations"
            + ".flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 200)}`))";

    /** What reaches beyond the right edge, outside of what scrolls sideways by itself. */
    private static final String CUT_OFF = "() => [...document.querySelectorAll('body *')]"
            + ".filter(element => element.getBoundingClientRect().right > innerWidth + 1 && element.checkVisibility()"
            + " && !element.closest('.table, .tabs, pre, .unseen, svg'))"
            + ".map(element => `${element.tagName} ${element.className} ${element.textContent.slice(0, 60)}`)";

    private final ParleyServer server = ParleyServer.shared();
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void forgetWhatWasFound() {
        found.clear();
    }

    @Test
    void findsNothingWhereMembersChat(PageVisitor visitor) throws IOException {
        TestUser other = server.newPerson();
        addAxe(visitor);
        visitor.page.navigate("/");
        look(visitor, "login");
        visitor.button("New here? Sign up").click();
        look(visitor, "sign-up");
        visitor.button("Forgot the password?").click();
        assertThat(visitor.page.getByLabel("Code")).isVisible();
        look(visitor, "reset");
        visitor.signUp();
        assertThat(visitor.inbox()).isVisible();
        look(visitor, "empty inbox");
        TestUser self = visitor.person(server.port());
        String group = self.startGroup(other);
        long message = DirectConversationScenario.send(
                other, group, "**Hello** `code` [link](https://example.com)\n\n> 인용\n\n- a");
        DirectConversationScenario.send(self, group, "안녕하세요");
        other.rest
                .put("/conversations/" + group + "/messages/" + message + "/reactions/👍", Map.of())
                .expect(200, 201, 204);
        visitor.page.navigate("/c/" + group);
        assertThat(visitor.messages()).containsText("안녕하세요");
        look(visitor, "conversation");
        visitor.button("Members and more").click();
        look(visitor, "details");
        visitor.page.keyboard().press("Escape");
        for (String shortcut : List.of("Control+k", "Control+/", "Control+Shift+O")) {
            visitor.page.keyboard().press(shortcut);
            look(visitor, shortcut);
            visitor.page.keyboard().press("Escape");
        }
        visitor.page.navigate("/search?q=hello");
        assertThat(visitor.inbox()).isVisible();
        look(visitor, "search");
        visitor.page.navigate("/settings");
        assertThat(visitor.page.getByText("Where you are logged in")).isVisible();
        look(visitor, "settings");
        assertThat(found).isEmpty();
    }

    /** The roles, names and states that a screen reader reads. */
    @Test
    void aConversationReadsInItsOrder(PageVisitor visitor) throws IOException {
        TestUser other = server.newPerson();
        TestUser self = server.newPerson();
        String group = self.startGroup(Map.of("title", "Reading aloud"), other);
        long message = DirectConversationScenario.send(other, group, "is this read?");
        self.rest
                .put("/conversations/" + group + "/messages/" + message + "/reactions/👍", Map.of())
                .expect(200, 201, 204);
        addAxe(visitor);
        visitor.logIn(self);
        visitor.inbox().getByText("Reading aloud").click();

        assertThat(visitor.page.locator("main")).matchesAriaSnapshot("""
                - main:
                  - heading "Reading aloud" [level=2]
                  - button "Members and more"
                  - region "Messages":
                    - log "Messages":
                      - list:
                        - listitem:
                          - heading /.+/ [level=3]
                        - listitem:
                          - paragraph: Person created the group “Reading aloud”
                        - listitem:
                          - article "Person":
                            - paragraph: is this read?
                            - list:
                              - listitem:
                                - button "👍 1" [pressed]
                            - toolbar "What to do with this message"
                  - textbox "Message"
                """);
        DirectConversationScenario.send(other, group, "told when it comes");
        assertThat(visitor.messages()).containsText("told when it comes");
        assertThat(visitor.messages()).hasAttribute("aria-live", "polite");
        assertThat(visitor.inbox()).matchesAriaSnapshot("""
                - navigation "Conversations":
                  - list:
                    - listitem:
                      - link /Reading aloud .+ told when it comes/
                """);
    }

    @Test
    void findsNothingWhereAnalystsAuditorsAndAdminsWork(PageVisitor visitor) throws IOException {
        addAxe(visitor);
        visitor.logIn(Admins.everyRole(server));
        assertThat(visitor.inbox()).isVisible();
        for (String view : List.of(
                "analyst",
                "admin",
                "audit/conversation",
                "audit/replay",
                "audit/events",
                "audit/exports",
                "audit/review",
                "audit/holds",
                "audit/erasures",
                "audit/retention",
                "audit/rebuilds")) {
            visitor.page.navigate("/" + view);
            assertThat(visitor.page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)))
                    .isVisible();
            look(visitor, view);
        }
        assertThat(found).isEmpty();
    }

    /** A phone, and a desktop whose text is twice as large. */
    @Test
    void nothingIsCutOffWhereThereIsLittleRoom(PageVisitor visitor) throws IOException {
        addAxe(visitor);
        visitor.page.setViewportSize(320, 640);
        visitor.page.navigate("/");
        lookForWhatIsCutOff(visitor, "login");
        visitor.signUp();
        assertThat(visitor.inbox()).isVisible();
        TestUser self = visitor.person(server.port());
        String group = self.startGroup(Map.of("title", "제목".repeat(50)));
        DirectConversationScenario.send(self, group, "x".repeat(2_000) + "\n\n    code " + "y".repeat(500));
        for (String view : List.of(
                "c/" + group,
                "search?q=hello",
                "settings",
                "analyst",
                "admin",
                "audit/conversation",
                "audit/events",
                "audit/exports",
                "audit/holds")) {
            visitor.page.navigate("/" + view);
            assertThat(visitor.page.locator("main h2").first()).isVisible();
            for (int width : new int[] {320, 640}) {
                visitor.page.setViewportSize(width, 400);
                lookForWhatIsCutOff(visitor, view + " at " + width);
            }
        }
        assertThat(found).isEmpty();
    }

    private void lookForWhatIsCutOff(PageVisitor visitor, String view) {
        ((List<?>) visitor.page.evaluate(CUT_OFF)).forEach(element -> found.add(view + ": " + element));
    }

    private static void addAxe(PageVisitor visitor) throws IOException {
        visitor.page.addInitScript(new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js")[0].getContentAsString(
                        StandardCharsets.UTF_8));
    }

    private void look(PageVisitor visitor, String view) {
        assertThat(visitor.page.locator("main")).isVisible();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            visitor.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            ((List<?>) visitor.page.evaluate(VIOLATIONS))
                    .forEach(violation -> found.add(view + ", " + scheme + ": " + violation));
        }
    }
}
