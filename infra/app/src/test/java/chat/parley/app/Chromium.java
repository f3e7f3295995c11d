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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Chromium of this machine, driven by Playwright in the Node of this machine. Playwright would bring its own copies of
 * both, which are downloads of several hundred megabytes. The tests of a class are skipped on a machine without Chromium
 * or Node.
 */
final class Chromium implements BeforeAllCallback, AfterAllCallback {
    /** Beside a build on the same machine, Chromium is slow. */
    private static final double PATIENCE_MS = 60_000;

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext tests) {
        Optional<Path> chromium = NAMES.stream().flatMap(Chromium::onThePath).findFirst();
        Assumptions.assumeTrue(
                chromium.isPresent(), "The page is not tested, because there is no Chromium on the path");
        Optional<Path> node = onThePath("node").findFirst();
        Assumptions.assumeTrue(
                node.isPresent(),
                "The page is not tested, because there is no Node on the path, which Playwright runs in");
        System.setProperty("playwright.nodejs.path", node.orElseThrow().toString());
        Playwright started = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = started;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        browser = started.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        // Containers give Chromium neither a sandbox nor much shared memory.
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    private static Stream<Path> onThePath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
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

    @Override
    public void afterAll(ExtensionContext tests) {
        if (browser != null) {
            browser.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }
}
