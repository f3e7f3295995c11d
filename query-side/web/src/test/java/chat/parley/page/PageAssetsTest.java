package chat.parley.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PageAssetsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final PageAssets assets = PageAssets.load();
    private final PageDocuments documents = PageDocuments.load(assets);

    @Test
    void everyModuleFindsWhatItImports() {
        ModuleGraph modules = new ModuleGraph(assets);

        assertThat(assets.all().stream().filter(Asset::isModule))
                .isNotEmpty()
                .allSatisfy(module -> assertThat(modules.from(module.url())).contains(module));
    }

    @Test
    void aModuleIsFollowedToWhatItImportsThroughOthers() {
        assertThat(new ModuleGraph(assets).from(urlOf("htm/preact")))
                .extracting(Asset::url)
                .contains(urlOf("htm"), urlOf("preact"));
        assertThat(new ModuleGraph(assets).from(urlOf("idb"))).hasSize(2);
        assertThat(new ModuleGraph(assets).from(urlOf("parley-client"))).hasSizeGreaterThan(5);
    }

    @Test
    void theImportMapNamesModulesAndTheirHashes() {
        JsonNode map = importMap();

        assertThat(map.path("imports").propertyNames())
                .contains("preact", "preact/hooks", "htm/preact", "marked", "idb", "parley-client");
        assertThat(map.path("imports").values()).allSatisfy(url -> {
            Asset module = assets.at(url.asString()).orElseThrow();
            assertThat(map.path("integrity").path(module.url()).asString()).isEqualTo(module.integrity());
        });
    }

    @Test
    void thePolicyAllowsExactlyTheImportMap() {
        String index = new String(documents.index().content(), StandardCharsets.UTF_8);
        int start = index.indexOf('>', index.indexOf("<script type=\"importmap\"")) + 1;
        String inline = index.substring(start, index.indexOf("</script>", start));

        assertThat(documents.importMapHash()).isEqualTo(Asset.integrity(inline.getBytes(StandardCharsets.UTF_8)));
        assertThat(index.split("<script(?![^>]*\\bsrc=)", -1)).hasSize(2);
    }

    @Test
    void librariesHaveTheirVersionInTheUrl() throws IOException {
        for (Library library : Library.ALL) {
            String folder = "/assets/lib/" + library.name() + "/" + library.version() + "/";
            assertThat(library.modules().keySet())
                    .allSatisfy(specifier -> assertThat(urlOf(specifier)).startsWith(folder));
        }
    }

    @Test
    void theCompressedFormIsTheSameFile() throws IOException {
        Asset client = assets.at(urlOf("parley-client")).orElseThrow();
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(client.gzip()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(client.content());
        }
        assertThat(client.transferredBytes()).isLessThan(client.content().length / 2);
    }

    @Test
    void theNpmPackageHasTheVersionOfTheProject() throws IOException {
        JsonNode npm = JSON.readTree(Files.readString(Path.of("parley-client", "package.json")));
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(pom).contains("<version>" + npm.path("version").asString() + "</version>");
    }

    private String urlOf(String specifier) {
        return Objects.requireNonNull(assets.specifiers().get(specifier), specifier);
    }

    private JsonNode importMap() {
        String index = new String(documents.index().content(), StandardCharsets.UTF_8);
        int start = index.indexOf('{', index.indexOf("<script type=\"importmap\""));
        return JSON.readTree(index.substring(start, index.indexOf("</script>", start)));
    }
}
