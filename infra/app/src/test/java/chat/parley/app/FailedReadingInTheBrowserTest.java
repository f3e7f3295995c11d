package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page could not read, or was not sent, is read later. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailedReadingInTheBrowserTest {
    private static final String ENTRIES = "**/entries?*";

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser writer = server.newPerson();
    private final TestUser reader = server.newPerson();
    private final String group = writer.startGroup(Map.of("title", "Together"), reader);

    @Test
    void aRateLimitDelaysTheFirstViewOnly(PageVisitor visitor) {
        DirectConversationScenario.send(writer, group, "are you there?");
        Set<String> refused = new HashSet<>();
        visitor.page.route(
                "**/api/v1/**", limited(request -> refused.add(request.request().url())));
        visitor.logIn(reader);
        assertThat(visitor.inbox()).containsText("Together");
        visitor.page.navigate("/c/" + group);

        assertThat(visitor.messages()).containsText("are you there?");
        assertThat(visitor.page.getByText("Members: 2")).isVisible();
        assertThat(visitor.messages().getByRole(AriaRole.ARTICLE).last()).hasAccessibleName("Person");
        assertThat(visitor.page.getByText("Too many requests")).hasCount(0);
        assertThat(refused)
                .anyMatch(url -> url.contains("/inbox"))
                .anyMatch(url -> url.contains("/entries"))
                .anyMatch(url -> url.contains("/users"))
                .anyMatch(url -> url.endsWith("/conversations/" + group));
    }

    @Test
    void entriesThatDidNotComeAreReadInTheirOrder(PageVisitor visitor) {
        List<String> notBrought = new CopyOnWriteArrayList<>();
        visitor.page.routeWebSocket("**", page -> {
            WebSocketRoute connection = page.connectToServer();
            connection.onMessage(frame -> {
                if (notBrought.stream().noneMatch(frame.text()::contains)) {
                    page.send(frame.text());
                }
            });
        });
        visitor.logIn(reader);
        assertThat(visitor.inbox()).containsText("Together");
        visitor.page.navigate("/c/" + group);
        DirectConversationScenario.send(writer, group, "first");
        assertThat(visitor.messages()).containsText("first");

        notBrought.addAll(List.of("second", "third"));
        Set<Integer> failures = new HashSet<>();
        visitor.page.route(ENTRIES, limited(request -> failures.size() < 2 && failures.add(failures.size())));
        Stream.of("second", "third", "fourth").forEach(text -> DirectConversationScenario.send(writer, group, text));

        Locator texts = visitor.messages().locator(".text");
        assertThat(texts.filter(new Locator.FilterOptions().setHasText("fourth")))
                .hasCount(1);
        List<String> shown = texts.allInnerTexts();
        assertThat(shown.subList(shown.indexOf("first"), shown.size()))
                .containsExactly("first", "second", "third", "fourth");
        assertThat(failures).hasSize(2);
    }

    /** Answers the chosen requests as a rate limit does. */
    private static Consumer<Route> limited(Predicate<Route> chosen) {
        return route -> {
            if (route.request().method().equals("GET") && chosen.test(route)) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(429)
                        .setHeaders(Map.of("Retry-After", "1"))
                        .setContentType("application/problem+json")
                        .setBody("{\"code\":\"rate-limited\",\"title\":\"Too many requests\"}"));
            } else {
                route.resume();
            }
        };
    }
}
