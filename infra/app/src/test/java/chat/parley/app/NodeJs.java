package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The Node of this machine, if it has one. */
final class NodeJs {
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);
    private static final int OLDEST = 20;
    private static final int LIMIT_MINUTES = 10;

    private NodeJs() {}

    /** Skips the test that calls this if there is no Node of version 20 or newer. */
    static void require() {
        InstalledProgram.require("node");
        Matcher version =
                VERSION.matcher(run(Path.of("."), Map.of(), "--version").output());
        Assumptions.assumeTrue(
                version.matches() && Integer.parseInt(version.group(1)) >= OLDEST,
                () -> "The client library is not tested, because it needs Node " + OLDEST);
    }

    /** What a program printed, and its exit code. */
    record Run(int exit, String output) {}

    static Run run(Path directory, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("node", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process node = builder.start();
            boolean ended = node.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            node.destroyForcibly();
            String printed = Files.readString(output);
            Files.delete(output);
            assertThat(ended).as(printed).isTrue();
            return new Run(node.exitValue(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
