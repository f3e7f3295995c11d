package chat.parley.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, driven by Playwright in the Node of this machine. Playwright would bring its own copies of
 * both, which are downloads of several hundred megabytes.
 */
final class Chromium implements AutoCloseable {
    /** Beside a build on the same machine, Chromium is slow. */
    private static final double PATIENCE_MS = 60_000;

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the test that calls this if this machine has no Chromium or no Node. */
    static Chromium start() {
        Optional<Path> chromium = NAMES.stream().flatMap(Chromium::onThePath).findFirst();
        Assumptions.assumeTrue(
                chromium.isPresent(), "The page is not tested, because there is no Chromium on the path");
        Optional<Path> node = onThePath("node").findFirst();
        Assumptions.assumeTrue(
                node.isPresent(),
                "The page is not tested, because there is no Node on the path, which Playwright runs in");
        System.setProperty("playwright.nodejs.path", node.orElseThrow().toString());
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        // Containers give Chromium neither a sandbox nor much shared memory.
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        return new Chromium(playwright, browser);
    }

    private static Stream<Path> onThePath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }

    /** A user with a browser profile of their own. */
    PageVisitor visitor(String url) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(url).setLocale("en").setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MS);
        return new PageVisitor(context);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
