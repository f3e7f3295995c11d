package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page and its files reach a browser. */
class PageDeliveryTest {
    private static final String NAVIGATION = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = ParleyServer.shared().port();

    @Test
    void thePageIsCheckedForChangesEachTimeAndAnsweredOnce() {
        HttpResponse<byte[]> page = get("/", "Accept", NAVIGATION);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");

        HttpResponse<byte[]> again = get("/", "Accept", NAVIGATION, "If-None-Match", header(page, "ETag"));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void assetsAreKeptForEverAndCompressed() throws IOException {
        String script = script();
        HttpResponse<byte[]> plain = get(script);
        HttpResponse<byte[]> compressed = get(script, "Accept-Encoding", "br, gzip");

        assertThat(header(plain, "Cache-Control")).contains("immutable", "max-age=31536000");
        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(compressed, "Vary")).contains("Accept-Encoding");
        assertThat(header(compressed, "ETag")).isNotEqualTo(header(plain, "ETag"));
        assertThat(compressed.body().length).isLessThan(plain.body().length);
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(header(get(script, "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
                .isEmpty();
        assertThat(get(script, "If-None-Match", header(plain, "ETag")).statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/c/abc", "/search", "/settings/devices", "/analyst", "/audit", "/admin", "/log-in"})
    void aRouteOfThePageAnswersThePageToANavigationOnly(String route) {
        HttpResponse<byte[]> navigation = get(route, "Accept", NAVIGATION);
        assertThat(navigation.statusCode()).isEqualTo(200);
        assertThat(navigation.body()).isEqualTo(get("/").body());

        HttpResponse<byte[]> program = get(route, "Accept", "*/*");
        assertThat(program.statusCode()).isEqualTo(404);
        assertThat(header(program, "Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/main.js", "/assets/0123456789ab/main.js", "/assets/lib/preact/1/preact.mjs"})
    void anAssetUnderAnotherUrlIsNotFound(String url) {
        HttpResponse<byte[]> answer = get(url, "Accept", NAVIGATION);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/no/such/path", "/actuator/env", "/somewhere"})
    void otherPathsDoNotAnswerThePage(String path) {
        HttpResponse<byte[]> answer = get(path, "Accept", NAVIGATION);
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void thePolicyAllowsNoInlineCodeButTheImportMap() {
        assertThat(header(get("/"), "Content-Security-Policy"))
                .containsPattern("script-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';")
                .contains("require-trusted-types-for 'script'", "style-src 'self';")
                .doesNotContain("unsafe-", "{", "http:", "https:", "*");
    }

    @Test
    void onlyTheDocumentationMaySetStylesInline() {
        assertThat(header(get("/swagger-ui/index.html"), "Content-Security-Policy"))
                .contains("style-src 'self' 'unsafe-inline'")
                .doesNotContain("unsafe-eval", "connect-src");
    }

    private String script() {
        Matcher script = SCRIPT.matcher(new String(get("/").body(), StandardCharsets.UTF_8));
        assertThat(script.find()).isTrue();
        return script.group(1);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join(", ", answer.headers().map().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
