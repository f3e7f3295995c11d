package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Auditors and admins work in the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DesksInTheBrowserTest {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private static final Page.GetByRoleOptions ANALYSIS = new Page.GetByRoleOptions().setName("Analysis");

    private final ParleyServer server = ParleyServer.shared();

    @Test
    void anAuditorSeesAConversationAsItStoodAndAsAMemberSawIt(PageVisitor auditor) {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup(bob);
        long message = DirectConversationScenario.send(alice, group, "곧 지울 말");
        alice.rest.delete("/conversations/" + group + "/messages/" + message).expect(200, 201, 204);
        auditor.logIn(Admins.holder(server, SystemRole.AUDITOR));
        auditor.page
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                .click();
        auditor.page.getByLabel("Reason").fill("case 7");
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.button("Show").click();
        Locator slider = auditor.page.getByRole(AriaRole.SLIDER);
        assertThat(slider).hasValue("3");
        assertThat(auditor.page.getByText("This message was deleted.")).isVisible();
        slider.press("ArrowLeft");
        assertThat(auditor.page.getByText("곧 지울 말")).isVisible();

        auditor.page
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Replay"))
                .click();
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.pick("As seen by", bob.username);
        auditor.page.getByLabel("Speed").selectOption("1000");
        auditor.button("Play").click();
        assertThat(auditor.page.getByText("The end.")).isVisible();
        assertThat(auditor.page
                        .getByRole(
                                AriaRole.REGION,
                                new Page.GetByRoleOptions().setName("Replay").setExact(true))
                        .last())
                .containsText("This message was deleted.");
        auditor.expectNoErrors();
    }

    @Test
    void anAuditorOrdersAnExportAndDownloadsItsArchive(PageVisitor auditor) {
        TestUser alice = server.newPerson();
        String group = alice.startGroup();
        DirectConversationScenario.send(alice, group, "to be exported");
        auditor.logIn(Admins.holder(server, SystemRole.AUDITOR));
        assertThat(auditor.inbox()).isVisible();
        auditor.page.navigate("/audit/exports");
        auditor.page.getByLabel("Reason").fill("case 8");
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.button("Order the export").click();

        Locator download = auditor.button("Download");
        assertThat(download).isVisible();
        Download archive = auditor.page.waitForDownload(download::click);

        assertThat(archive.suggestedFilename()).isEqualTo("export.zip");
        auditor.button("Remove").click();
        assertThat(download).hasCount(0);
        auditor.expectNoErrors();
    }

    @Test
    void anAuditorFindsAConversationByNameAndProvesAStoredEvent(PageVisitor auditor) {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup(Map.of("title", "Budget of spring"), bob);
        long message = DirectConversationScenario.send(alice, group, "as it was sent");
        try (SocketClient socket = alice.connect()) {
            socket.ask(Map.of(
                    "type", "message.edit", "ref", "e", "conversation", group, "position", message, "text", "changed"));
        }
        auditor.logIn(Admins.holder(server, SystemRole.AUDITOR));
        assertThat(auditor.page).hasURL(Pattern.compile("/audit$"));
        auditor.page.getByLabel("Reason").fill("case 9");
        auditor.button("Find a conversation").click();
        auditor.pick("Somebody who was in it", bob.username);
        auditor.page.getByLabel("A title that it had contains").fill("budget");
        auditor.button("Find").click();
        auditor.page
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("Budget of spring"))
                .click();
        auditor.button("Show").click();

        Locator past = auditor.page.locator(".past");
        assertThat(past).containsText("changed");
        Locator slider = auditor.page.getByRole(AriaRole.SLIDER);
        slider.focus();
        auditor.page.keyboard().press("ArrowLeft");
        assertThat(past).containsText("as it was sent");
        auditor.button("Who could read this").click();
        Locator access =
                auditor.page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Who could read this"));
        assertThat(access).containsText("as it was sent");
        assertThat(access).containsText("changed");
        assertThat(access).containsText("case 9");

        auditor.page
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Stored events"))
                .click();
        auditor.page.getByLabel("Conversation id").fill(group);
        auditor.button("Show").click();
        auditor.button("Prove").first().click();
        assertThat(auditor.page.getByText("The proof holds.")).isVisible();
        auditor.page.keyboard().press("Escape");
        auditor.page
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Entry " + message).setExact(true))
                .click();
        assertThat(past).containsText("as it was sent");
        auditor.expectNoErrors();
    }

    @Test
    void aRoleShowsItsDeskAsSoonAsItIsGranted(PageVisitor visitor) {
        TestUser person = server.newPerson();
        visitor.logIn(person);
        assertThat(visitor.inbox()).isVisible();
        assertThat(visitor.page.getByRole(AriaRole.LINK, ANALYSIS)).hasCount(0);

        Admins.grant(server, person, SystemRole.ANALYST);

        assertThat(visitor.page.getByRole(AriaRole.LINK, ANALYSIS)).isVisible();
        visitor.expectNoErrors();
    }

    @Test
    void anAdminSeesWhatTheNodeDoes() {
        expectTheLoadOf(server);
    }

    @Test
    void anAdminSeesItWhereManagementHasAPortOfItsOwn() {
        try (ParleyServer managedApart = ParleyServer.start("management.server.port=0")) {
            expectTheLoadOf(managedApart);
        }
    }

    private static void expectTheLoadOf(ParleyServer server) {
        try (PageVisitor admin = chromium.visitor(server)) {
            admin.logIn(Admins.admin(server));
            admin.page
                    .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Administration"))
                    .click();

            assertThat(admin.page.getByText(Pattern.compile("Messages sent \\d.*/s")))
                    .isVisible();
            assertThat(admin.page.getByText(Pattern.compile("^Sessions \\d+"))).isVisible();
            assertThat(admin.page.getByRole(
                            AriaRole.HEADING, new Page.GetByRoleOptions().setName(Pattern.compile("^Load now"))))
                    .containsText("localhost:" + server.port());
            admin.expectNoErrors();
        }
    }
}
