package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A person in front of the page, who finds controls by their roles and labels, and the errors that the page caused. */
final class PageVisitor implements AutoCloseable {
    final String username;
    final Page page;
    private final BrowserContext context;
    private final List<String> errors = new ArrayList<>();
    private int sockets;

    PageVisitor(BrowserContext context) {
        this(context, "visitor-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private PageVisitor(BrowserContext context, String username) {
        this.context = context;
        this.username = username;
        this.page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(errors::add);
        page.onWebSocket(socket -> sockets++);
    }

    /** Another tab of the same browser. */
    PageVisitor anotherTab() {
        PageVisitor tab = new PageVisitor(context, username);
        tab.page.navigate("/");
        return tab;
    }

    /** How many WebSockets this tab has opened so far. */
    int sockets() {
        return sockets;
    }

    /** Violations of the Content-Security-Policy and of Trusted Types are such messages too. */
    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text() + " at " + message.location());
        }
    }

    void signUp() {
        signUp(username);
    }

    void signUp(String displayName) {
        page.navigate("/");
        fillInSignUp(displayName);
    }

    /** All tabs of this browser have the login. */
    void signUpAndStay() {
        page.navigate("/");
        page.getByLabel("Stay logged in on this device").check();
        fillInSignUp(username);
    }

    private void fillInSignUp(String displayName) {
        button("New here? Sign up").click();
        page.getByLabel("Username", exactly()).fill(username);
        page.getByLabel("Password", exactly()).fill(TestUser.PASSWORD);
        page.getByLabel("Display name").fill(displayName);
        button("Sign up").click();
    }

    void logIn(TestUser person) {
        page.navigate("/");
        page.getByLabel("Username", exactly()).fill(person.username);
        page.getByLabel("Password", exactly()).fill(TestUser.PASSWORD);
        button("Log in").click();
    }

    /** The same user as a client of the public protocol. */
    TestUser person(int port) {
        return TestUser.logIn(port, new TestUser.Credentials(username, "another-device"));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The list of conversations. */
    Locator inbox() {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Conversations"));
    }

    Locator messages() {
        return page.getByRole(AriaRole.LOG);
    }

    Locator field() {
        return page.getByLabel("Message", exactly());
    }

    void startTalkingTo(PageVisitor other) {
        button("New").click();
        pick("Find people by name", other.username);
        button("Start").click();
    }

    /** Finds a person in the field of this label and chooses them. */
    void pick(String label, String wanted) {
        page.getByLabel(label).fill(wanted);
        page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("People found"))
                .getByRole(AriaRole.BUTTON)
                .first()
                .click();
    }

    void openConversationWith(PageVisitor other) {
        inbox().getByRole(AriaRole.LINK)
                .filter(new Locator.FilterOptions().setHasText(other.username))
                .click();
    }

    void write(String text) {
        field().fill(text);
        field().press("Enter");
    }

    /** When the page is told of the Enter that ends the composition of a syllable, which depends on the input method. */
    enum Enter {
        WHILE_COMPOSING,
        AFTERWARDS,
        BOTH
    }

    /** Types as a Korean input method does, and waits until the field is empty. */
    void composeAndPressEnter(String before, String lastSyllable, Enter enter) {
        field().focus();
        InputMethod inputMethod = InputMethod.of(page);
        inputMethod.compose(before);
        inputMethod.commit(before);
        inputMethod.compose(lastSyllable);
        PlaywrightAssertions.assertThat(field()).hasValue(before + lastSyllable);
        if (enter != Enter.AFTERWARDS) {
            inputMethod.press("Enter");
        }
        inputMethod.commit(lastSyllable);
        if (enter != Enter.WHILE_COMPOSING) {
            page.keyboard().press("Enter");
        }
        PlaywrightAssertions.assertThat(field()).hasValue("");
    }

    static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    /** Fails if the page wrote an error to the console, such as a violation of its policy. */
    void expectNoErrors() {
        assertThat(errors).isEmpty();
    }

    /** Lets requests be answered, and keeps the answers from the page until they are released. */
    HeldAnswers holdAnswers(String url) {
        HeldAnswers held = new HeldAnswers(page, url);
        page.route(url, held);
        return held;
    }

    /** Answers that the page waits for. */
    static final class HeldAnswers implements Consumer<Route> {
        private final Page page;
        private final String url;
        private final Map<Route, APIResponse> answers = new LinkedHashMap<>();

        private HeldAnswers(Page page, String url) {
            this.page = page;
            this.url = url;
        }

        @Override
        public void accept(Route route) {
            answers.put(route, route.fetch());
        }

        void awaitOne() {
            page.waitForCondition(() -> !answers.isEmpty());
        }

        void release() {
            page.unroute(url);
            answers.forEach((route, answer) -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        }
    }

    /** Requests that failed while the server or the network was away are no errors of the page. */
    void forgiveNetworkErrors() {
        errors.removeIf(error -> error.contains("net::ERR_") || error.contains("WebSocket connection"));
    }

    /** Connections that the policy of a replaced server refused are no errors of the page. */
    void forgiveRefusedConnections() {
        errors.removeIf(error -> error.contains("Content Security Policy"));
    }

    /** Loses the network until {@link #online}. Requests that fail meanwhile are no errors of the page. */
    void offline() {
        context.setOffline(true);
    }

    void online() {
        context.setOffline(false);
        forgiveNetworkErrors();
    }

    @Override
    public void close() {
        context.close();
    }
}
