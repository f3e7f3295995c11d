package chat.parley.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A short-lived child process; its end is waited for. */
public record ChildCommand(List<String> words) {

    private static final Pattern FOR_ENGINES = Pattern.compile("PG|ES_|CLI_JAVA_OPTS");

    public record Result(int exitCode, String output) {

        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    public static ChildCommand of(String... words) {
        return new ChildCommand(List.of(words));
    }

    /** The same command, run by {@code prefix}, such as a program that changes the user first. */
    public ChildCommand under(List<String> prefix) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return new ChildCommand(List.copyOf(all));
    }

    public Result run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        // The current directory may be closed to the account of the child.
        builder.directory(Path.of("/").toFile());
        // Environment variables for other installations (PGPORT, ES_JAVA_OPTS ...) must not affect these engines.
        builder.environment()
                .keySet()
                .removeIf(name -> FOR_ENGINES.matcher(name).lookingAt());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + words.getFirst(), interrupted);
        }
    }
}
