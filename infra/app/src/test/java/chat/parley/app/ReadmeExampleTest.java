package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of the README, as its lines stand, in Node without a WebSocket and with one. */
class ReadmeExampleTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern EXAMPLE =
            Pattern.compile("## A client in ten lines.*?```js\n(.*?)```", Pattern.DOTALL);
    private static final String URL = "http://localhost:8080";

    /** The example itself listens until somebody stops it. */
    private static final String END =
            "parley.on('entry', (entry) => entry.text === 'Hello' && setImmediate(process.exit));";

    @ParameterizedTest
    @ValueSource(strings = {"--no-experimental-websocket", "--experimental-websocket"})
    void sendsAMessageAndReceivesIt(String webSocket) throws IOException {
        NodeJs.require();
        Matcher example = EXAMPLE.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(example.find()).isTrue();
        String lines = example.group(1);
        assertThat(lines.strip().lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
        assertThat(lines).contains(URL);

        NodeJs.Run run = NodeJs.run(
                ROOT,
                Map.of(),
                webSocket,
                "--input-type=module",
                "--eval",
                lines.replace(URL, "http://localhost:" + ParleyServer.shared().port()) + END);

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).contains("2 message Hello");
    }
}
