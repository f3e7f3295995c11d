package chat.parley.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Parley as a separate process that a test can kill. */
final class ParleyProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Parley is ready.*http://localhost:(\\d+)");
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;

    private ParleyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ParleyProcess start(Path dataDir, Path log, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Daxoniq.update-checker.disabled=true",
                "-Ddisable-axoniq-console-message=true",
                ParleyApplication.class.getName(),
                "--server.port=0",
                "--parley.data-dir=" + dataDir,
                "--parley.auth.password-memory=64KB",
                "--parley.auth.password-iterations=1",
                "--parley.limits.enabled=false"));
        for (String setting : settings) {
            command.add("--" + setting);
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ParleyProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line that announces that Parley is ready. */
    int awaitPort() {
        Awaitility.await()
                .atMost(START_LIMIT)
                .until(() -> !process.isAlive() || READY.matcher(output()).find());
        Matcher ready = READY.matcher(output());
        if (!ready.find()) {
            throw new AssertionError("Parley did not start:\n" + output());
        }
        return Integer.parseInt(ready.group(1));
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: the child processes keep running. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** The signal of Ctrl-C. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("Parley did not stop:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            awaitExit();
        }
    }
}
