package chat.parley.search.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.elasticsearch.plugin.NamedComponent;
import org.junit.jupiter.api.Test;

class PluginZipTest {
    private static final Pattern NAMED = Pattern.compile("\"([a-z_]+)\": \"(chat\\.parley\\.[A-Za-z.]+)\"");

    private final Map<String, byte[]> files = unpacked("plugin.zip");

    @Test
    void hasTheFilesThatElasticsearchNeedsAndNoneOfElasticsearch() {
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "stable-plugin-descriptor.properties",
                        "named_components.json",
                        "parley-analysis.jar",
                        "lucene-analysis-nori-10.5.0.jar",
                        "lucene-analysis-icu-10.5.0.jar",
                        "icu4j-78.1.jar");
    }

    @Test
    void namesEveryComponentAsAnnotated() throws ClassNotFoundException {
        List<String> named = new ArrayList<>();
        var match = NAMED.matcher(text("named_components.json"));
        while (match.find()) {
            Class<?> type = Class.forName(match.group(2));
            assertThat(type.getAnnotation(NamedComponent.class).value()).isEqualTo(match.group(1));
            named.add(type.getSimpleName());
        }
        assertThat(named)
                .containsExactlyInAnyOrder(
                        "IcuNormalizerCharFilterFactory",
                        "PatternReplaceCharFilterFactory",
                        "PatternTokenizerFactory",
                        "IcuFoldingFilterFactory",
                        "NoriTokenizerFactory",
                        "NoriPartOfSpeechFilterFactory",
                        "NoriReadingFormFilterFactory",
                        "CjkBigramFilterFactory",
                        "PorterStemFilterFactory");
    }

    @Test
    void namesTheVersionOfElasticsearch() {
        assertThat(text("stable-plugin-descriptor.properties"))
                .containsPattern("elasticsearch\\.version=\\d+\\.\\d+\\.\\d+")
                .doesNotContain("@");
    }

    private String text(String file) {
        return new String(Objects.requireNonNull(files.get(file)), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> unpacked(String resource) {
        Map<String, byte[]> files = new HashMap<>();
        try (InputStream content = PluginZipTest.class.getResourceAsStream(resource);
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(content))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return files;
    }
}
