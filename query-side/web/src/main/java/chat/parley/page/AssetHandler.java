package chat.parley.page;

import java.util.Arrays;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers with an asset: compressed if the browser takes that, and with 304 if it has it already. */
final class AssetHandler {
    private static final String GZIP = "gzip";

    private final CacheControl caching;

    AssetHandler(CacheControl caching) {
        this.caching = caching;
    }

    ServerResponse answer(ServerRequest request, Asset asset) {
        boolean compressed = asset.isCompressible() && accepts(request);
        // The two forms have different bytes, so they have different tags.
        String tag = "\"" + asset.integrity() + (compressed ? "-" + GZIP : "") + "\"";
        return request.checkNotModified(tag)
                .map(notModified ->
                        withCaching(ServerResponse.from(notModified)).build())
                .orElseGet(() -> {
                    ServerResponse.BodyBuilder answer =
                            withCaching(ServerResponse.ok()).eTag(tag).contentType(asset.type());
                    if (compressed) {
                        answer.header(HttpHeaders.CONTENT_ENCODING, GZIP);
                    }
                    return answer.body(compressed ? asset.gzip() : asset.content());
                });
    }

    private ServerResponse.BodyBuilder withCaching(ServerResponse.BodyBuilder answer) {
        return answer.cacheControl(caching).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    private static boolean accepts(ServerRequest request) {
        return request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(coding ->
                        coding.equals(GZIP) || (coding.startsWith(GZIP + ";") && !coding.matches(".*q=0(\\.0*)?")));
    }
}
