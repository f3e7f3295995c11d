package chat.parley.verify.witness;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.witness.DirectoryWitnessState;
import chat.parley.transparency.witness.Witness;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code witness}. It serves logs that were enrolled before, so that a record which was lost is noticed at
 * the start instead of being taken for a log's beginning.
 */
public final class WitnessCommand {
    private static final int MAX_PORT = 65_535;

    private final List<VerifierKey> logs = new ArrayList<>();
    private @Nullable Path keyFile;
    private @Nullable String name;
    private @Nullable Path state;
    private int port = -1;
    private boolean enroll;

    private WitnessCommand() {}

    /**
     * Reads the arguments after the command's name; empty if they are not what the usage says.
     *
     * @throws TransparencyException if a log's key is none
     */
    public static Optional<WitnessCommand> parse(List<String> arguments) {
        WitnessCommand command = new WitnessCommand();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            if (!command.take(rest.next(), rest)) {
                return Optional.empty();
            }
        }
        boolean serves = command.keyFile != null && command.port >= 0;
        boolean enrolls = command.enroll && command.keyFile == null && command.port < 0 && command.name == null;
        return (command.enroll ? enrolls : serves) && !command.logs.isEmpty() && command.state != null
                ? Optional.of(command)
                : Optional.empty();
    }

    private boolean take(String option, Iterator<String> rest) {
        if (option.equals("--enroll")) {
            enroll = true;
            return true;
        }
        if (!rest.hasNext()) {
            return false;
        }
        String value = rest.next();
        switch (option) {
            case "--key" -> keyFile = Path.of(value);
            case "--name" -> name = value;
            case "--log" -> logs.add(VerifierKey.parse(value));
            case "--state" -> state = Path.of(value);
            case "--port" -> port = port(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= MAX_PORT ? port : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    /** Enrolls the logs, or starts to serve them until the process ends. */
    public void run(PrintStream out, PrintStream err) throws IOException {
        if (enroll) {
            enroll(out);
        } else {
            serve(out, err);
        }
    }

    private void enroll(PrintStream out) {
        for (VerifierKey log : logs) {
            boolean isNew = directory().enroll(log.name());
            out.println((isNew ? "Enrolled: " : "Has a record already: ") + log.name());
        }
    }

    WitnessServer serve(PrintStream out, PrintStream err) throws IOException {
        DirectoryWitnessState records = directory();
        Map<String, List<VerifierKey>> keys = new HashMap<>();
        for (VerifierKey log : logs) {
            records.latest(log.name());
            keys.computeIfAbsent(log.name(), origin -> new ArrayList<>()).add(log);
        }
        SigningKey key = key();
        Witness witness = new Witness(List.of(key), keys, records, Clock.systemUTC());
        WitnessServer server = WitnessServer.start(witness, port, err);
        out.println("Key:  " + key.verifier());
        out.println("Port: " + server.port());
        return server;
    }

    private SigningKey key() throws IOException {
        if (keyFile == null) {
            throw new IllegalStateException("A witness that serves has a key file.");
        }
        if (name == null || Files.exists(keyFile)) {
            return KeyFile.read(keyFile);
        }
        return KeyFile.create(keyFile, name);
    }

    private DirectoryWitnessState directory() {
        if (state == null) {
            throw new IllegalStateException("A witness has a directory.");
        }
        return new DirectoryWitnessState(state);
    }
}
