package chat.parley.load.testing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Runs a scenario against a {@link FakeServer} for a second. */
public final class ScenarioRunner {
    private ScenarioRunner() {}

    /** Answers the report. */
    public static JsonNode of(String scenario, FakeServer.Settings settings, int exitCode, String... more)
            throws Exception {
        Path file = Files.createTempFile(scenario, ".json");
        try (FakeServer server = new FakeServer(settings)) {
            List<String> words = new ArrayList<>(List.of(
                    scenario,
                    "--url=" + server.url(),
                    "--patience=2",
                    "--warmup=0",
                    "--duration=1",
                    "--report=" + file));
            words.addAll(List.of(more));
            assertThat(Main.run(words.toArray(String[]::new))).isEqualTo(exitCode);
            return FakeChat.JSON.readTree(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
        }
    }
}
