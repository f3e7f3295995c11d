package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The files of infra/k8s, by the types of Kubernetes' API and by the settings and metrics that Parley has. */
class KubernetesFilesTest {
    private static final Path INFRA = Path.of("..").toAbsolutePath().normalize();
    private static final Path FILES = INFRA.resolve("k8s");

    /** What kustomization.yaml puts into each node. */
    private static final String PATCH = "node.yaml";

    private static final String TYPES = "io.kubernetes.client.openapi.models.";
    private static final Pattern SETTING = Pattern.compile("`([a-z]+(?:[.][a-z0-9-]+)+|PARLEY_[A-Z_]+)`");

    @SuppressWarnings("unused") // Its constructor prepares the types for JSON.
    private final JSON types = new JSON();

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files
                    .filter(file -> !file.endsWith("kustomization.yaml") && !file.endsWith(PATCH))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void haveOnlyFieldsThatKubernetesKnows(Path file) throws IOException {
        assertThat(objects(Files.readString(file))).isNotEmpty().allSatisfy(KubernetesFilesTest::requireKnownFields);
    }

    @Test
    void whatNodesHaveInCommonHasOnlySuchFields() throws IOException {
        requireKnownFields("V1PodTemplateSpec", template(Files.readString(FILES.resolve(PATCH))));
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() throws IOException {
        String misspelt = Files.readString(FILES.resolve(PATCH)).replace("failureThreshold", "failureTreshold");

        assertThatThrownBy(() -> requireKnownFields("V1PodTemplateSpec", template(misspelt)))
                .hasMessageContaining("failureTreshold");
    }

    private static JsonObject template(String statefulSet) {
        return objects(statefulSet).getFirst().getAsJsonObject("spec").getAsJsonObject("template");
    }

    @Test
    void areAllListed() throws IOException {
        Map<String, Object> listed = new Yaml().load(Files.readString(FILES.resolve("kustomization.yaml")));

        assertThat(listed.get("resources"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrderElementsOf(
                        files().map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void nameOnlySettingsThatExist() throws IOException {
        Set<String> settings = SETTING.matcher(Files.readString(INFRA.resolve("operations/settings.md")))
                .results()
                .map(setting -> canonical(setting.group(1)))
                .collect(Collectors.toSet());
        List<String> used = new ArrayList<>();
        Stream<Path> others = Stream.of(FILES.resolve("kustomization.yaml"), FILES.resolve(PATCH));
        for (Path file : Stream.concat(files(), others).toList()) {
            used.addAll(Pattern.compile("\\b(?:PARLEY|MANAGEMENT)_[A-Z_]+")
                    .matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .toList());
        }

        assertThat(used)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(settings).contains(canonical(name)));
    }

    @Test
    void scaleByMetricsThatAreExplained() throws IOException {
        String explained = Files.readString(INFRA.resolve("operations/monitoring.md"));
        List<String> metrics = Pattern.compile("metric:\\s+name: (\\w+)")
                .matcher(Files.readString(FILES.resolve("push.yaml")))
                .results()
                .map(metric -> metric.group(1))
                .toList();

        assertThat(metrics)
                .hasSize(2)
                .allSatisfy(metric -> assertThat(explained).containsPattern("`" + metric + "[`{]"));
    }

    /** Skipped where there is no kubectl, whose kustomize puts the files together. */
    @Test
    void areRenderedByKustomize() throws Exception {
        Process rendering = new ProcessBuilder(
                        InstalledProgram.require("kubectl").toString(), "kustomize", FILES.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String rendered = new String(rendering.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rendering.waitFor()).isZero();
        List<JsonObject> objects = objects(rendered);

        assertThat(objects).allSatisfy(KubernetesFilesTest::requireKnownFields);
        assertThat(objects)
                .filteredOn(object -> object.get("kind").getAsString().equals("StatefulSet"))
                .hasSize(2)
                .allSatisfy(set -> assertThat(set.toString())
                        .contains(
                                "\"readOnlyRootFilesystem\":true",
                                "\"PARLEY_TRANSPARENCY_ENABLED\"",
                                "\"memory\":\"2Gi\""));
    }

    private static String canonical(String setting) {
        return setting.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    private static List<JsonObject> objects(String yaml) {
        List<JsonObject> objects = new ArrayList<>();
        new Yaml()
                .loadAll(yaml)
                .forEach(object -> objects.add(
                        JsonParser.parseString(new Gson().toJson(object)).getAsJsonObject()));
        return objects;
    }

    /** Checks names, kinds and required fields, at every depth. */
    private static void requireKnownFields(JsonObject object) {
        String apiVersion = object.get("apiVersion").getAsString();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        requireKnownFields(version.toUpperCase(Locale.ROOT) + object.get("kind").getAsString(), object);
    }

    private static void requireKnownFields(String type, JsonObject object) {
        try {
            Class.forName(TYPES + type)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, object);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
