package chat.parley.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser loads before the page shows anything. */
class FirstViewTest {
    private static final int BUDGET_BYTES = 60 * 1024;
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    private static final Pattern TEMPLATE = Pattern.compile("<template.*?</template>", Pattern.DOTALL);

    private final PageAssets assets = PageAssets.load();
    private final PageDocuments documents = PageDocuments.load(assets);

    @Test
    void takesAtMost60KilobytesOfScriptsAndStyles() {
        int bytes = firstView().stream().mapToInt(Asset::transferredBytes).sum() + bytesOfALanguage();

        assertThat(bytes)
                .as("compressed bytes of "
                        + firstView().stream().map(Asset::url).toList())
                .isBetween(1, BUDGET_BYTES);
    }

    @Test
    void preloadsEveryModuleThatItNeeds() {
        Set<Asset> preloaded = new LinkedHashSet<>();
        REFERENCE
                .matcher(index())
                .results()
                .flatMap(found -> assets.at(found.group(1)).stream())
                .forEach(preloaded::add);

        assertThat(preloaded).containsAll(firstView()).anyMatch(Asset::isModule);
        assertThat(preloaded.stream().filter(Asset::isModule))
                .allSatisfy(module -> assertThat(index())
                        .contains("<link rel=\"modulepreload\" href=\"" + module.url() + "\" integrity=\""
                                + module.integrity() + "\">"));
    }

    @ParameterizedTest
    @CsvSource({"home, views/home.js", "en, i18n/en.js", "ko, i18n/ko.js"})
    void namesTheModulesThatSomeBrowsersNeedAsWell(String name, String module) {
        assertThat(TEMPLATE.matcher(index()).results().map(MatchResult::group))
                .filteredOn(template -> template.contains("id=\"modules-of-" + name + "\""))
                .singleElement()
                .satisfies(template -> assertThat(new ModuleGraph(assets).from(assets.url(module)))
                        .isNotEmpty()
                        .allSatisfy(needed -> assertThat(template).contains("href=\"" + needed.url() + "\"")));
    }

    @Test
    void consistsOfFilesOfThisServer() {
        assertThat(REFERENCE.matcher(index()).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(url -> assets.at(url).isPresent() || documents.at(url).isPresent() || isDocumentation(url));
        assertThat(index()).doesNotContain("https://", "http://", "src=\"//", "href=\"//");
    }

    /** Only the texts of the language that is shown are loaded, once it is known. */
    private int bytesOfALanguage() {
        return Stream.of("i18n/en.js", "i18n/ko.js")
                .map(name -> assets.at(assets.url(name)).orElseThrow())
                .mapToInt(Asset::transferredBytes)
                .max()
                .orElseThrow();
    }

    private static boolean isDocumentation(String url) {
        return url.equals("/swagger-ui.html") || url.equals("/asyncapi.yaml");
    }

    private String index() {
        return new String(documents.index().content(), StandardCharsets.UTF_8);
    }

    /** The files that index.html names, outside of what it does not show yet, and the modules that they import. */
    private Set<Asset> firstView() {
        ModuleGraph modules = new ModuleGraph(assets);
        Set<Asset> needed = new LinkedHashSet<>();
        REFERENCE
                .matcher(TEMPLATE.matcher(index()).replaceAll(""))
                .results()
                .flatMap(found -> assets.at(found.group(1)).stream())
                .forEach(asset -> {
                    needed.add(asset);
                    if (asset.isModule()) {
                        needed.addAll(modules.from(asset.url()));
                    }
                });
        return needed;
    }
}
