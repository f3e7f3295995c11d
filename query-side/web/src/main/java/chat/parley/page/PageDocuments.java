package chat.parley.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files at the root of the server, such as {@code index.html}, which a browser asks for again each time. In them
 * <code>{assets}</code> stands for the URL of the folder of assets, <code>{import-map}</code> for the import map,
 * <code>{integrity:name}</code> for the hash of an asset and <code>{preload:name}</code> for links that load the module
 * of this name together with all that it imports.
 */
final class PageDocuments {
    static final String INDEX = "/index.html";

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(assets|import-map|(?:integrity|preload):[\\w./-]+)}");
    private static final JsonMapper JSON = new JsonMapper();

    private final SortedMap<String, Asset> byUrl = new TreeMap<>();
    private final PageAssets assets;
    private final String importMap;

    private PageDocuments(PageAssets assets) {
        this.assets = assets;
        this.importMap = importMap(assets);
    }

    static PageDocuments load(PageAssets assets) {
        PageDocuments documents = new PageDocuments(assets);
        try {
            for (Resource file : PageAssets.find("classpath*:static/*.*")) {
                byte[] content = documents.filled(file.getContentAsByteArray());
                Asset document = Asset.of("/" + file.getFilename(), content);
                documents.byUrl.put(document.url(), document);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    private static String importMap(PageAssets assets) {
        Map<String, String> integrity = new TreeMap<>();
        assets.all().stream()
                .filter(Asset::isModule)
                .forEach(module -> integrity.put(module.url(), module.integrity()));
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("imports", assets.specifiers());
        map.put("integrity", integrity);
        return JSON.writeValueAsString(map);
    }

    private byte[] filled(byte[] template) {
        Matcher placeholders = PLACEHOLDER.matcher(new String(template, StandardCharsets.UTF_8));
        return placeholders
                .replaceAll(found -> Matcher.quoteReplacement(valueOf(found.group(1))))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String valueOf(String placeholder) {
        int colon = placeholder.indexOf(':');
        String name = placeholder.substring(colon + 1);
        return switch (placeholder.substring(0, Math.max(0, colon))) {
            case "integrity" -> assets.at(assets.url(name)).orElseThrow().integrity();
            case "preload" -> preloads(assets.url(name));
            default -> placeholder.equals("assets") ? assets.root() : importMap;
        };
    }

    /** Browsers use a preloaded module only if the link has the hash that the import map has. */
    private String preloads(String module) {
        return new ModuleGraph(assets)
                .from(module).stream()
                        .map(needed -> "<link rel=\"modulepreload\" href=\"" + needed.url() + "\" integrity=\""
                                + needed.integrity() + "\">")
                        .collect(Collectors.joining("\n  "));
    }

    Asset index() {
        return at(INDEX).orElseThrow(() -> new IllegalStateException("The page has no index.html"));
    }

    Optional<Asset> at(String url) {
        return Optional.ofNullable(byUrl.get(url));
    }

    Collection<String> urls() {
        return byUrl.keySet();
    }

    /** The hash of the only inline script. Browsers read import maps from nowhere else. */
    String importMapHash() {
        return Asset.integrity(importMap.getBytes(StandardCharsets.UTF_8));
    }
}
