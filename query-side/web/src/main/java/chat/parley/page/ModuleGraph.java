package chat.parley.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which modules a module needs before it runs. Modules imported with {@code import(…)} are loaded later. */
final class ModuleGraph {
    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|^\\s*//.*?$", Pattern.DOTALL | Pattern.MULTILINE);

    /** At the beginning of a statement, because texts contain these words too. */
    private static final Pattern STATIC_IMPORT = Pattern.compile(
            "(?:^|[;}])\\s*(?:import|export)\\s*(?:[\\w$*{][\\w$*{},\\s]*?\\bfrom\\s*|[\\w$*{][\\w$*{},\\s]*}\\s*from\\s*)?"
                    + "[\"']([^\"'\\n]+)[\"']",
            Pattern.MULTILINE);

    private final PageAssets assets;

    ModuleGraph(PageAssets assets) {
        this.assets = assets;
    }

    /**
     * This module and all that it imports, directly and through others.
     *
     * @throws IllegalStateException if a module imports what is not there
     */
    Set<Asset> from(String url) {
        Set<Asset> found = new LinkedHashSet<>();
        collect(url, "the page", found);
        return found;
    }

    private void collect(String url, String importer, Set<Asset> found) {
        Asset module = assets.at(url)
                .orElseThrow(
                        () -> new IllegalStateException("There is no " + url + ", which " + importer + " imports"));
        if (found.add(module)) {
            imports(module).forEach(imported -> collect(imported, url, found));
        }
    }

    private List<String> imports(Asset module) {
        String code = COMMENT.matcher(new String(module.content(), StandardCharsets.UTF_8))
                .replaceAll("");
        return STATIC_IMPORT
                .matcher(code)
                .results()
                .map(result -> resolve(module.url(), result.group(1)))
                .toList();
    }

    private String resolve(String importer, String specifier) {
        return specifier.startsWith(".") || specifier.startsWith("/")
                ? URI.create(importer).resolve(specifier).toString()
                : assets.specifiers().getOrDefault(specifier, specifier);
    }
}
