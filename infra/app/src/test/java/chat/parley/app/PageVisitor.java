package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A person in front of the page, who finds controls by their roles and labels, and the errors that the page caused. */
final class PageVisitor implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery";

    final String username = "visitor-" + UUID.randomUUID().toString().substring(0, 8);
    final Page page;
    private final BrowserContext context;
    private final List<String> errors = new ArrayList<>();

    PageVisitor(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(errors::add);
    }

    /** Violations of the Content-Security-Policy and of Trusted Types are such messages too. */
    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text() + " at " + message.location());
        }
    }

    void open(String path) {
        page.navigate(path);
    }

    void signUp() {
        open("/");
        button("New here? Sign up").click();
        page.getByLabel("Username", exactly()).fill(username);
        page.getByLabel("Password", exactly()).fill(PASSWORD);
        page.getByLabel("Display name").fill(username);
        button("Sign up").click();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator messages() {
        return page.getByRole(AriaRole.LOG);
    }

    void talkTo(PageVisitor other) {
        page.getByLabel("Username to talk to").fill(other.username);
        button("Talk").click();
    }

    void write(String text) {
        Locator message = page.getByLabel("Message", exactly());
        message.fill(text);
        message.press("Enter");
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    /** Fails if the page wrote an error to the console, such as a violation of its policy. */
    void expectNoErrors() {
        assertThat(errors).isEmpty();
    }

    /** Loses the network until {@link #online}. */
    void offline() {
        context.setOffline(true);
    }

    void online() {
        context.setOffline(false);
    }

    @Override
    public void close() {
        context.close();
    }
}
