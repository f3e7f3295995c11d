package chat.parley.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The Chromium of this machine, driven by Playwright in the Node of this machine. Playwright would bring its own copies of
 * both, which are downloads of several hundred megabytes. The tests of a class are skipped on a machine without Chromium
 * or Node. Each {@link PageVisitor} that a test has as a parameter is in front of the page of one server, and is closed
 * after the test.
 */
final class Chromium implements BeforeAllCallback, ParameterResolver {
    /** Beside a build on the same machine, Chromium is slow. */
    private static final double PATIENCE_MS = 60_000;

    private final Supplier<ParleyServer> server;
    private @Nullable Browser browser;

    Chromium() {
        this(ParleyServer::shared);
    }

    Chromium(Supplier<ParleyServer> server) {
        this.server = server;
    }

    /** One browser for all classes that run on the same thread, because Playwright's objects belong to a thread. */
    @Override
    public void beforeAll(ExtensionContext tests) {
        Path chromium = InstalledProgram.require("chromium", "chromium-browser", "google-chrome");
        Path node = InstalledProgram.require("node");
        browser = tests.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .computeIfAbsent(Thread.currentThread(), _ -> Driven.launch(chromium, node), Driven.class)
                .browser();
    }

    private record Driven(Playwright playwright, Browser browser) implements AutoCloseable {
        static Driven launch(Path chromium, Path node) {
            System.setProperty("playwright.nodejs.path", node.toString());
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            // Containers give Chromium neither a sandbox nor much shared memory, and no GPU.
                            .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
            return new Driven(playwright, browser);
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType().equals(PageVisitor.class);
    }

    @Override
    public PageVisitor resolveParameter(ParameterContext parameter, ExtensionContext test) {
        PageVisitor visitor = visitor(server.get());
        test.getStore(ExtensionContext.Namespace.create(Chromium.class)).put(visitor, visitor);
        return visitor;
    }

    PageVisitor visitor(ParleyServer other) {
        return visitor("http://localhost:" + other.port());
    }

    /** A user with a browser profile of their own. */
    PageVisitor visitor(String url) {
        BrowserContext context = Objects.requireNonNull(browser)
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(url)
                        .setLocale("en")
                        .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MS);
        return new PageVisitor(context);
    }
}
