package chat.parley.page;

import chat.parley.web.BrowserPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Serves the page. */
@Configuration(proxyBeanMethods = false)
public class PageConfiguration {
    /** The URLs that people see while they use the page. They all answer {@code index.html}, if a browser navigates. */
    private static final List<String> ROUTES = List.of(
            "/log-in",
            "/sign-up",
            "/c/**",
            "/search/**",
            "/people/**",
            "/settings/**",
            "/analyst/**",
            "/audit/**",
            "/admin/**");

    private static final String ASSETS = "/assets/**";

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @Bean
    PageAssets pageAssets() {
        return PageAssets.load();
    }

    @Bean
    PageDocuments pageDocuments(PageAssets assets) {
        return PageDocuments.load(assets);
    }

    @Bean
    BrowserPage browserPage(PageDocuments documents) {
        List<String> paths = new ArrayList<>(ROUTES);
        paths.add("/");
        paths.add(ASSETS);
        paths.addAll(documents.urls());
        return new PublicPage(List.copyOf(paths), "'" + documents.importMapHash() + "'");
    }

    private record PublicPage(List<String> publicPaths, String inlineScripts) implements BrowserPage {}

    @Bean
    RouterFunction<ServerResponse> page(PageAssets assets, PageDocuments documents) {
        AssetHandler forEver = new AssetHandler(FOR_EVER);
        AssetHandler revalidated = new AssetHandler(CacheControl.noCache());
        return RouterFunctions.route()
                .GET(ASSETS, request -> forEver.answer(request, existing(assets, request.path())))
                .GET(RequestPredicates.path("/"), request -> revalidated.answer(request, documents.index()))
                .GET(
                        exists(documents),
                        request -> revalidated.answer(
                                request, documents.at(request.path()).orElseThrow()))
                .GET(isNavigation(), request -> revalidated.answer(request, documents.index()))
                .build();
    }

    /** Without this refusal, Spring would serve the files of the classpath under URLs without a digest. */
    private static Asset existing(PageAssets assets, String path) throws NoResourceFoundException {
        return assets.at(path).orElseThrow(() -> new NoResourceFoundException(HttpMethod.GET, path, path));
    }

    private static RequestPredicate exists(PageDocuments documents) {
        return request -> documents.at(request.path()).isPresent();
    }

    private static RequestPredicate isNavigation() {
        RequestPredicate route = ROUTES.stream()
                .map(RequestPredicates::path)
                .reduce(RequestPredicate::or)
                .orElseThrow();
        RequestPredicate wantsHtml =
                request -> request.headers().accept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
        return route.and(wantsHtml);
    }
}
