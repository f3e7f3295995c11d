package chat.parley.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.note.VerifierKey;
import chat.parley.verify.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code witness} in a process of its own. */
final class WitnessProcess {
    private final Path directory;
    private final String name;
    private final VerifierKey log;
    private VerifierKey key;
    private int port;
    private Process process;

    /** Enrols the log and starts the witness at a free port. */
    WitnessProcess(Path directory, String name, VerifierKey log) throws IOException, InterruptedException {
        this.directory = directory;
        this.name = name;
        this.log = log;
        if (command("--enroll").waitFor() != 0) {
            throw new IllegalStateException("The log is not enrolled");
        }
        start();
    }

    void start() throws IOException {
        process = command(
                "--key",
                directory.resolve(name + ".key").toString(),
                "--name",
                "test/" + name,
                "--port",
                Integer.toString(port));
        BufferedReader printed = process.inputReader(UTF_8);
        key = VerifierKey.parse(afterColon(printed.readLine()));
        port = Integer.parseInt(afterColon(printed.readLine()));
    }

    private static String afterColon(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    VerifierKey key() {
        return key;
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    private Process command(String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "witness",
                "--log",
                log.toString(),
                "--state",
                directory.resolve(name).toString()));
        line.addAll(List.of(options));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
