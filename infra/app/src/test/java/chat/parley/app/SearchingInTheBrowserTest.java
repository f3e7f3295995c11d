package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.api.account.SystemRole;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members and analysts search in the page, with a real Elasticsearch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchingInTheBrowserTest {
    @RegisterExtension
    static final Chromium chromium = new Chromium(ParleyServer::sharedWithSearch);

    private static final String MARKUP = "<img src=x onerror=\"document.title='owned'\">";

    private final ParleyServer server = ParleyServer.sharedWithSearch();

    /** A word that no other test writes. */
    private final String word = "zebra" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");

    @Test
    void aMemberSeesWhatWasFoundAndJumpsToIt(PageVisitor visitor) {
        TestUser alice = server.newPerson();
        String group = alice.startGroup(Map.of("title", "Minutes"));
        long minutes = DirectConversationScenario.send(alice, group, "어제 회의록을 공유했습니다 " + word);
        for (int line = 0; line < 120; line++) {
            DirectConversationScenario.send(alice, group, "line " + line);
        }
        awaitHits(alice, word + " 회의", 1);
        visitor.logIn(alice);
        assertThat(visitor.inbox()).containsText("Minutes");
        visitor.page.keyboard().press("Control+Shift+F");
        Locator field = visitor.page.getByRole(
                AriaRole.SEARCHBOX,
                new Page.GetByRoleOptions().setName("Search").setExact(true));
        field.fill("회의 " + word);
        field.press("Enter");

        Locator hit = visitor.page.locator(".hits a");
        assertThat(hit).hasCount(1);
        assertThat(hit).containsText("Minutes");
        assertThat(hit.locator("mark").first()).hasText("회의");
        hit.click();
        assertThat(visitor.page).hasURL(Pattern.compile("/c/" + group + "/" + minutes + "$"));
        assertThat(visitor.messages().getByText("어제 회의록을 공유했습니다")).isInViewport();
        visitor.expectNoErrors();
    }

    @Test
    void anAnalystSeesFacetsTimesAndPastTexts(PageVisitor analyst) {
        TestUser alice = server.newPerson();
        String group = alice.startGroup(Map.of("title", "Plans"));
        String subject = word + "plan";
        DirectConversationScenario.send(alice, group, subject + " stays");
        long withdrawn = DirectConversationScenario.send(alice, group, subject + " goes");
        awaitHits(alice, subject, 2);
        retract(alice, group, withdrawn);
        awaitHits(alice, subject, 1);
        TestUser person = Admins.holder(server, SystemRole.ANALYST, SystemRole.INVESTIGATOR);
        analyst.logIn(person);
        analyst.page
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Analysis"))
                .click();
        assertThat(analyst.page.getByText("Each search here is recorded")).isVisible();
        analyst.page.getByLabel("Reason").fill("case 11");
        Locator field = analyst.page.locator("main input[type=search]");
        field.fill(subject);
        field.press("Enter");

        Locator hits = analyst.page.locator(".hits > li");
        assertThat(hits).hasCount(1);
        assertThat(hits.locator("mark")).hasText(subject);
        assertThat(analyst.page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Messages over time")))
                .isVisible();
        Locator sender = analyst.page.locator(".columns .card").first().getByRole(AriaRole.BUTTON);
        assertThat(sender).hasCount(1);
        sender.click();
        assertThat(field).hasValue(subject + " from:" + alice.id);
        assertThat(hits).hasCount(1);

        field.fill(subject);
        analyst.page.getByLabel("Only texts that were").selectOption("retracted");
        submit(analyst);
        assertThat(hits).hasCount(1);
        assertThat(hits).containsText("goes");
        assertThat(hits).containsText("deleted later");
        analyst.page.getByLabel("Only texts that were").selectOption("");
        analyst.page
                .getByLabel("As they read on")
                .fill(LocalDate.now(ZoneOffset.UTC).minusDays(3).toString());
        submit(analyst);
        assertThat(hits).hasCount(0);
        analyst.expectNoErrors();
    }

    @Test
    void markupIsTextWhereverAnAnalystSeesIt(PageVisitor member, PageVisitor analyst) throws IOException {
        TestUser alice = server.newPerson();
        alice.rest.patch("/users/me", Map.of("displayName", MARKUP + " name")).expect(200);
        String group = alice.startGroup(Map.of("title", MARKUP + " title"));
        String subject = word + "markup";
        String text = "=" + subject + " " + MARKUP + " <mark>" + subject + "</mark> &lt;b&gt; [x](javascript:alert(1))";
        DirectConversationScenario.send(alice, group, text);
        awaitHits(alice, subject, 1);
        member.logIn(alice);
        assertThat(member.inbox()).containsText(MARKUP + " title");
        member.page.navigate("/search?q=" + subject + "%20img");
        assertThat(member.page.locator(".hits a")).containsText(MARKUP);
        assertThat(member.page.locator(".hits a")).containsText(MARKUP + " title");

        analyst.logIn(Admins.holder(server, SystemRole.ANALYST, SystemRole.INVESTIGATOR));
        assertThat(analyst.inbox()).isVisible();
        analyst.page.navigate("/analyst");
        analyst.page.getByLabel("Reason").fill(MARKUP);
        Locator field = analyst.page.locator("main input[type=search]");
        field.fill(subject + " " + MARKUP);
        submit(analyst);
        Locator hit = analyst.page.locator(".hits > li");
        assertThat(hit).containsText(MARKUP + " name");
        assertThat(hit).containsText("[x](javascript:alert(1))");
        analyst.button("Keep this search").click();
        Locator kept = analyst.page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Kept searches"));
        assertThat(kept).containsText(MARKUP);
        Download export = analyst.page.waitForDownload(
                () -> analyst.button("Export as CSV").click());
        org.assertj.core.api.Assertions.assertThat(export.suggestedFilename()).isEqualTo("messages.csv");
        org.assertj.core.api.Assertions.assertThat(Files.readString(export.path()))
                .contains("\"'" + text.replace("\"", "\"\"") + "\"");
        kept.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Remove")))
                .click();
        assertThat(kept).hasCount(0);

        for (PageVisitor visitor : new PageVisitor[] {member, analyst}) {
            assertThat(visitor.page.locator("img[src=x], #app script, .hits b, .hits a[href^='javascript']"))
                    .hasCount(0);
            assertThat(visitor.page).not().hasTitle("owned");
            visitor.expectNoErrors();
        }
    }

    private static void submit(PageVisitor analyst) {
        analyst.page
                .locator("form[role=search]")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Search").setExact(true))
                .click();
    }

    private static void retract(TestUser person, String group, long position) {
        person.rest.delete("/conversations/" + group + "/messages/" + position).expect(200, 201, 204);
    }

    private static void awaitHits(TestUser person, String query, int hits) {
        Awaitility.await()
                .until(
                        () -> person.rest
                                .get("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                                .expect(200)
                                .path("hits")
                                .size(),
                        found -> found == hits);
    }
}
