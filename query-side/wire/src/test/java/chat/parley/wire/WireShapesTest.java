package chat.parley.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares every frame and entry with a golden file, from which clients can be written. The text of a new type is
 * written to {@code target/golden}.
 */
class WireShapesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final FrameCodec codec = new FrameCodec();

    @Test
    void everyTypeHasASample() {
        assertThat(FrameSamples.CLIENT_FRAMES).hasSameSizeAs(ClientFrame.class.getPermittedSubclasses());
        assertThat(FrameSamples.SERVER_FRAMES).hasSameSizeAs(ServerFrame.class.getPermittedSubclasses());
        assertThat(FrameSamples.ENTRIES).hasSameSizeAs(Entry.class.getPermittedSubclasses());
    }

    @TestFactory
    Stream<DynamicTest> clientFrames() {
        return FrameSamples.CLIENT_FRAMES.stream()
                .map(frame -> DynamicTest.dynamicTest(frame.getClass().getSimpleName(), () -> {
                    String golden = golden("client." + nameOf(ClientFrame.class, frame), codec.encode(frame));
                    assertThat(codec.decode(golden)).isEqualTo(new Decoded.Frame(frame));
                }));
    }

    @TestFactory
    Stream<DynamicTest> serverFrames() {
        return FrameSamples.SERVER_FRAMES.stream()
                .map(frame -> DynamicTest.dynamicTest(frame.getClass().getSimpleName(), () -> {
                    String written = new String(codec.encode(frame), UTF_8);
                    String golden = golden("server." + nameOf(ServerFrame.class, frame), written);
                    assertThat(codec.decodeServerFrame(golden)).contains(frame);
                }));
    }

    @TestFactory
    Stream<DynamicTest> entries() {
        return FrameSamples.ENTRIES.stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getClass().getSimpleName(), () -> {
                    String written = new String(codec.encodeEntry(entry, null), UTF_8);
                    String golden = golden("entry." + nameOf(Entry.class, entry), written);
                    assertThat(codec.decodeServerFrame(golden)).contains(new ServerFrame.EntryFrame(entry, null));
                }));
    }

    @Test
    void anEntryReadsTheSameWithAnyMapper() {
        for (Entry entry : FrameSamples.ENTRIES) {
            JsonNode byRest = JSON.readTree(JSON.writeValueAsString(entry));
            JsonNode overTheSocket = JSON.readTree(codec.encodeEntry(entry, null));
            overTheSocket.asObject().remove("type");
            assertThat(byRest).isEqualTo(overTheSocket);
        }
    }

    static String nameOf(Class<?> family, Object one) {
        List<JsonSubTypes.Type> types =
                Arrays.asList(family.getAnnotation(JsonSubTypes.class).value());
        return types.stream()
                .filter(type -> type.value().equals(one.getClass()))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static String golden(String name, String written) throws IOException {
        String file = name + ".json";
        Path left = Path.of("target", "golden", file);
        Files.createDirectories(left.getParent());
        Files.writeString(
                left, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(written)) + "\n");
        try (InputStream golden = WireShapesTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(golden).as("golden/" + file).isNotNull();
            String text = new String(golden.readAllBytes(), UTF_8);
            assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(text));
            return text;
        }
    }
}
