package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.SystemRole;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** People join, are removed and are logged out while the page is open. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComingAndGoingInTheBrowserTest {
    private static final String ENDED = "You were logged out, because the session ended.";

    private final ParleyServer server = ParleyServer.shared();

    @Test
    void aLinkLeadsIntoAnOpenGroupUntilOneIsRemoved(PageVisitor visitor) {
        TestUser owner = server.newPerson();
        String group = owner.startGroup(Map.of("title", "Open to all", "joinable", true));
        visitor.signUp();
        assertThat(visitor.inbox()).isVisible();
        visitor.page.navigate("/c/" + group);
        visitor.button("Join the group").click();
        assertThat(visitor.field()).isVisible();
        visitor.write("here I am");
        assertThat(visitor.messages()).containsText("here I am");
        assertThat(visitor.inbox()).containsText("Open to all");

        String id = visitor.person(server.port()).id;
        owner.rest.delete("/conversations/" + group + "/members/" + id).expect(200);

        assertThat(visitor.page.getByText("You are no longer a member of this conversation."))
                .isVisible();
        assertThat(visitor.field()).hasCount(0);
        assertThat(visitor.messages()).containsText("here I am");
    }

    @Test
    void theNamesOfARoomAreAskedForTogether(PageVisitor visitor) {
        TestUser owner = server.newPerson();
        TestUser[] members = Stream.generate(server::newPerson).limit(60).toArray(TestUser[]::new);
        String group = owner.startGroup(Map.of("title", "Full house"), members);
        List<String> asked = new CopyOnWriteArrayList<>();
        visitor.page.onRequest(request -> asked.add(request.url()));
        visitor.logIn(owner);
        assertThat(visitor.inbox()).containsText("Full house");
        visitor.page.navigate("/c/" + group);
        visitor.button("Members and more").click();
        assertThat(visitor.page
                        .getByRole(AriaRole.DIALOG)
                        .getByRole(AriaRole.LISTITEM)
                        .filter(new Locator.FilterOptions().setHasText("Person")))
                .hasCount(1 + members.length);
        Assertions.assertThat(asked)
                .filteredOn(url -> url.matches(".*/users(/[^/]+)?(\\?ids=.*)?"))
                .as("one's own account is asked for too")
                .hasSizeLessThan(10);
    }

    @Test
    void textsOfAnErasedPersonLeaveTheOpenPageAndWhatTheBrowserKeeps(PageVisitor visitor) {
        TestUser writer = server.newPerson();
        TestUser reader = server.newPerson();
        String group = reader.startGroup(Map.of("title", "Together"), writer);
        DirectConversationScenario.send(writer, group, "a text to be erased");
        visitor.page.clock().install();
        visitor.logIn(reader);
        visitor.inbox().getByText("Together").click();
        assertThat(visitor.messages()).containsText("a text to be erased");
        await().until(() -> kept(visitor).contains("a text to be erased"));

        erase(writer);
        visitor.page.clock().fastForward("11:00");
        DirectConversationScenario.send(reader, group, "an answer to nobody");

        assertThat(visitor.messages()).containsText("an answer to nobody");
        assertThat(visitor.messages()).containsText("The text of this message was erased.");
        assertThat(visitor.page.locator("body")).not().containsText("a text to be erased");
        await().until(() -> !kept(visitor).contains("a text to be erased"));
    }

    private void erase(TestUser person) {
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        auditor.rest
                .post("/audit/erasures", Map.of("user", person.id, "reason", "asked for"))
                .expect(202);
        await().until(() -> auditor.rest
                .get("/audit/erasures/" + person.id + "?reason=look")
                .expect(200)
                .path("state")
                .asString()
                .equals("erased"));
    }

    /** What the page keeps in the browser, as JSON. */
    private static String kept(PageVisitor visitor) {
        return (String) visitor.page.evaluate("""
                () => new Promise((resolve) => {
                  const opening = indexedDB.open('parley');
                  opening.onsuccess = () => {
                    const reading = opening.result.transaction('shown').objectStore('shown').getAll();
                    reading.onsuccess = () => {
                      opening.result.close();
                      resolve(JSON.stringify(reading.result));
                    };
                  };
                })""");
    }

    @Test
    void aSessionThatEndsElsewhereEndsHere(PageVisitor visitor) {
        visitor.signUp();
        assertThat(visitor.inbox()).isVisible();
        visitor.person(server.port()).rest.delete("/sessions?except=current").expect(200, 204);

        assertThat(visitor.page.getByText(ENDED)).isVisible();
    }

    @Test
    void aClosedAccountIsLoggedOut(PageVisitor visitor) {
        visitor.signUp();
        assertThat(visitor.inbox()).isVisible();
        visitor.person(server.port())
                .rest
                .post("/users/me/deletion", Map.of("password", TestUser.PASSWORD))
                .expect(200, 202, 204);

        assertThat(visitor.page.getByText(ENDED)).isVisible();
    }

    @Test
    void aCodeOfAnAdminReplacesAForgottenPassword(PageVisitor visitor) {
        TestUser forgetful = server.newPerson();
        String code = Admins.admin(server)
                .rest
                .post("/users/" + forgetful.id + "/password-reset", Map.of())
                .expect(201)
                .get("code")
                .asString();
        String password = "a new and better one";
        visitor.page.navigate("/");
        visitor.button("Forgot the password?").click();
        visitor.page.getByLabel("Username", PageVisitor.exactly()).fill(forgetful.username);
        visitor.button("Send me a code by mail").click();
        assertThat(visitor.page.getByText("This server sends no mail.")).isVisible();
        visitor.page.getByLabel("New password", PageVisitor.exactly()).fill(password);
        visitor.page.getByLabel("Code", PageVisitor.exactly()).fill("wrong");
        visitor.button("Change the password").click();
        assertThat(visitor.page.getByText("Username or code is wrong")).isVisible();
        visitor.page.getByLabel("Code", PageVisitor.exactly()).fill(code);
        visitor.button("Change the password").click();
        assertThat(visitor.page.getByText("The password is changed.", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        visitor.page.getByLabel("Username", PageVisitor.exactly()).fill(forgetful.username);
        visitor.page.getByLabel("Password", PageVisitor.exactly()).fill(password);
        visitor.button("Log in").click();
        assertThat(visitor.inbox()).isVisible();
    }
}
