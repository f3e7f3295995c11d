package chat.parley.testing;

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

/** A Java program in a process of its own, which a test can kill. What it prints goes to a file. */
public final class ChildJvm implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The class path of these tests. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Runs a class of this class path, or another file that the options name. */
    public static ChildJvm start(Path output, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed this, and answers the first group of the match. */
    public String await(Pattern printed) {
        Awaitility.await()
                .atMost(START_LIMIT)
                .until(() -> !process.isAlive() || printed.matcher(output()).find());
        Matcher matcher = printed.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("The process ended:\n" + output());
        }
        return matcher.group(1);
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        return process;
    }

    /** {@code kill -9}: its child processes keep running. */
    public void kill() {
        process.destroyForcibly();
        int _ = awaitExit();
    }

    /** {@code SIGSTOP}: it does nothing until it {@link #continues}. */
    public void pause() {
        signal("-STOP");
    }

    /** {@code SIGCONT}. */
    public void continues() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill " + signal + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("The process did not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            int _ = awaitExit();
        }
    }
}
