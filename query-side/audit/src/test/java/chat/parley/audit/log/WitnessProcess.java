package chat.parley.audit.log;

import chat.parley.testing.ChildJvm;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.verify.Main;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command {@code witness} in a process of its own. */
final class WitnessProcess {
    private static final Pattern KEY = Pattern.compile("Key: +(\\S+)\\R");
    private static final Pattern PORT = Pattern.compile("Port: +(\\d+)\\R");

    private final Path directory;
    private final String name;
    private final VerifierKey log;
    private final VerifierKey key;
    private final int port;
    private ChildJvm process;

    /** Enrols the log and starts the witness at a free port. */
    WitnessProcess(Path directory, String name, VerifierKey log) {
        this.directory = directory;
        this.name = name;
        this.log = log;
        if (command("--enroll").awaitExit() != 0) {
            throw new IllegalStateException("The log is not enrolled");
        }
        process = startAt(0);
        key = VerifierKey.parse(process.await(KEY));
        port = awaitPort();
    }

    void start() {
        process = startAt(port);
        int _ = awaitPort();
    }

    private int awaitPort() {
        return Integer.parseInt(process.await(PORT));
    }

    void stop() {
        process.kill();
    }

    VerifierKey key() {
        return key;
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    private ChildJvm startAt(int wanted) {
        return command(
                "--key",
                directory.resolve(name + ".key").toString(),
                "--name",
                "test/" + name,
                "--port",
                Integer.toString(wanted));
    }

    private ChildJvm command(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx64m",
                Main.class.getName(),
                "witness",
                "--log",
                log.toString(),
                "--state",
                directory.resolve(name).toString()));
        arguments.addAll(List.of(options));
        return ChildJvm.start(directory.resolve(name + ".txt"), arguments);
    }
}
