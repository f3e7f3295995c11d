package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command {@code succession}. */
final class SuccessionCommand {
    private static final String KEY = "--key";
    private static final String FORMER_KEY = "--former-key";
    private static final String KEPT = "--kept";
    private static final String CONSISTENCY = "--consistency";
    private static final Set<String> OPTIONS = Set.of(KEY, FORMER_KEY, KEPT, CONSISTENCY);

    private final Map<String, Path> files;
    private final Path proof;

    private SuccessionCommand(Map<String, Path> files, Path proof) {
        this.files = files;
        this.proof = proof;
    }

    /** Reads the arguments after the command's name; empty if they are not what the usage says. */
    static Optional<SuccessionCommand> parse(List<String> arguments) {
        Map<String, Path> files = new HashMap<>();
        Path proof = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (OPTIONS.contains(argument) && rest.hasNext()) {
                files.put(argument, Path.of(rest.next()));
            } else if (proof == null && !argument.startsWith("--")) {
                proof = Path.of(argument);
            } else {
                return Optional.empty();
            }
        }
        boolean isComplete = files.keySet().containsAll(Set.of(KEY, FORMER_KEY, KEPT));
        return proof == null || !isComplete ? Optional.empty() : Optional.of(new SuccessionCommand(files, proof));
    }

    /**
     * Prints what was found.
     *
     * @return whether the succession is verified
     * @throws TransparencyException if a file of the caller does not follow its format
     */
    boolean run(PrintStream out) throws IOException {
        Path consistency = files.get(CONSISTENCY);
        SuccessionVerifier.Kept kept = new SuccessionVerifier.Kept(
                SignedCheckpoint.parse(read(KEPT)),
                key(FORMER_KEY),
                consistency == null ? Optional.empty() : Optional.of(Files.readAllBytes(consistency)));
        try {
            Checkpoint last = SuccessionVerifier.verify(Files.readAllBytes(proof), key(KEY), kept);
            out.println("VERIFIED");
            out.println("Log:        " + key(KEY).name());
            out.println("Continues:  " + last.origin() + ", " + last.head().size() + " events, root "
                    + last.head().root());
            out.println("Kept:       " + kept.checkpoint().checkpoint().head().size() + " events of it");
            return true;
        } catch (VerificationException wrong) {
            out.println("NOT VERIFIED: " + wrong.finding() + ": " + wrong.getMessage());
            return false;
        }
    }

    private byte[] read(String option) throws IOException {
        Path file = files.get(option);
        if (file == null) {
            throw new IllegalStateException("The arguments have no " + option);
        }
        return Files.readAllBytes(file);
    }

    private VerifierKey key(String option) throws IOException {
        return VerifierKey.parse(new String(read(option), UTF_8).strip());
    }
}
