package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Compares the document at {@code /asyncapi.yaml} with the records of the protocol in both directions. The expected
 * document without descriptions is written to {@code target/asyncapi-shape.yaml}.
 */
class AsyncApiDocumentTest {
    private static final Set<String> PROSE = Set.of("description", "summary", "title");

    private final AsyncApiShape shape = new AsyncApiShape();
    private Map<String, Object> document = Map.of();

    @BeforeEach
    void load() throws IOException {
        try (InputStream file = AsyncApiDocumentTest.class.getResourceAsStream("/static/asyncapi.yaml")) {
            document = new Yaml().load(file);
        }
    }

    @Test
    void everyFrameIsListedWithAllFields() throws IOException {
        DumperOptions readable = new DumperOptions();
        readable.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        try (Writer left = Files.newBufferedWriter(Path.of("target", "asyncapi-shape.yaml"))) {
            new Yaml(readable).dump(Map.of("messages", shape.messages(), "schemas", shape.schemas()), left);
        }
        assertThat(bare(at("components", "messages"))).isEqualTo(shape.messages());
        assertThat(bare(at("components", "schemas"))).isEqualTo(shape.schemas());
    }

    @Test
    void theChannelCarriesEveryMessageInItsDirection() {
        assertThat(keys(at("channels", "socket", "messages")))
                .isEqualTo(shape.messages().keySet());
        assertThat(names(at("operations", "take", "messages"))).isEqualTo(directed("client."));
        assertThat(names(at("operations", "send", "messages"))).isEqualTo(directed("server."));
        assertThat(at("operations", "take", "action")).isEqualTo("receive");
        assertThat(at("operations", "send", "action")).isEqualTo("send");
    }

    @Test
    void everyCloseCodeIsListed() {
        String table = (String) at("channels", "socket", "description");
        for (CloseReason reason : CloseReason.values()) {
            assertThat(table)
                    .contains("| %d | %s | %s | %s |"
                            .formatted(
                                    reason.code(),
                                    reason.text(),
                                    reason.mayReconnect() ? "yes" : "no",
                                    reason.mayResume() ? "yes" : "no"));
        }
    }

    private List<String> directed(String prefix) {
        return shape.messages().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private static Set<?> keys(Object map) {
        return ((Map<?, ?>) map).keySet();
    }

    private static List<String> names(Object refs) {
        return ((List<?>) refs)
                .stream()
                        .map(ref -> (String) ((Map<?, ?>) ref).get("$ref"))
                        .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
                        .sorted()
                        .toList();
    }

    private Object at(String... path) {
        Object found = document;
        for (String step : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(step), step);
        }
        return found;
    }

    /** Without descriptions. */
    private static Object bare(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> bare = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (!(PROSE.contains(key) && value instanceof String)) {
                    bare.put(key, bare(value));
                }
            });
            return bare;
        }
        if (node instanceof List<?> list) {
            List<Object> bare = new ArrayList<>();
            list.forEach(element -> bare.add(bare(element)));
            return bare;
        }
        return node;
    }
}
