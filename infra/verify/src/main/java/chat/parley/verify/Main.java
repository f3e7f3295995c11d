package chat.parley.verify;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.policy.Policy;
import chat.parley.verify.witness.WitnessCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The program {@code parley-verify}: verifies archives and successions of logs, or witnesses logs. Exit codes: 0 done or verified, 1 not
 * verified, 2 wrong usage or an unreadable file.
 */
public final class Main {
    private static final int NOT_VERIFIED = 1;
    private static final int UNUSABLE = 2;

    private static final String VERIFY = "verify";
    private static final String WITNESS = "witness";
    private static final String SUCCESSION = "succession";

    private static final String USAGE = """
        Usage: java -jar parley-verify.jar [verify] [--key FILE] [--policy FILE] [--kept FILE]...
                   [--tiles DIR] export.zip
               java -jar parley-verify.jar succession --key FILE --former-key FILE --kept FILE
                   [--consistency FILE] predecessor.tlog-proof
               java -jar parley-verify.jar witness --enroll --log VKEY --state DIR
               java -jar parley-verify.jar witness --key FILE [--name NAME] --log VKEY --state DIR --port N

        verify (the default) verifies an archive of exported events, offline.
          --key FILE     the log's public key as its operator publishes it (one line)
          --policy FILE  the log and the witnesses that must have cosigned, in C2SP's tlog-policy
          --kept FILE    a checkpoint that the log had signed before the archive was asked for: the archive must
                         continue it; may be repeated
          --tiles DIR    tiles as the log serves them at /transparency/, if the archive has too few to compare it with
                         a kept checkpoint; the verifier names those that it needs

        succession verifies that a log continues the one before from a head that agrees with a kept checkpoint.
          --key FILE          the log's public key
          --former-key FILE   the public key of the log before
          --kept FILE         a checkpoint of the log before
          --consistency FILE  what the log serves at /transparency/predecessor/consistency?from=(events of --kept);
                              not needed if the kept checkpoint is the last one

        witness cosigns the checkpoints of logs that only grow, by C2SP's tlog-witness, over HTTP.
          --enroll       begins to witness the logs, and ends; needed once for each log
          --key FILE     the witness's signing key; a new one is written with --name if there is no file
          --name NAME    the name of a new key, such as witness.example/parley
          --log VKEY     the log's public key; may be repeated
          --state DIR    what was cosigned; whoever loses it must enroll the log again
          --port N       where to listen; 0 for any free port\
        """;

    private Main() {}

    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Answers the exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        List<String> arguments = List.of(args);
        String command = arguments.isEmpty() ? VERIFY : arguments.get(0);
        try {
            return switch (command) {
                case SUCCESSION -> succession(arguments.subList(1, arguments.size()), out, err);
                case WITNESS -> witness(arguments.subList(1, arguments.size()), out, err);
                case VERIFY -> verify(arguments.subList(Math.min(1, arguments.size()), arguments.size()), out, err);
                default -> verify(arguments, out, err);
            };
        } catch (IOException | UncheckedIOException | TransparencyException unusable) {
            err.println(unusable);
            return UNUSABLE;
        }
    }

    /** The server's threads keep the program running. */
    private static int witness(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        Optional<WitnessCommand> witness = WitnessCommand.parse(arguments);
        if (witness.isEmpty()) {
            err.println(USAGE);
            return UNUSABLE;
        }
        witness.get().run(out, err);
        return 0;
    }

    private static int succession(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        Optional<SuccessionCommand> succession = SuccessionCommand.parse(arguments);
        if (succession.isEmpty()) {
            err.println(USAGE);
            return UNUSABLE;
        }
        return succession.get().run(out) ? 0 : NOT_VERIFIED;
    }

    private static int verify(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        Optional<VerifierKey> key = Optional.empty();
        Optional<Policy> policy = Optional.empty();
        List<SignedCheckpoint> kept = new ArrayList<>();
        Optional<Path> tiles = Optional.empty();
        Path archive = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--key") && rest.hasNext()) {
                key = Optional.of(
                        VerifierKey.parse(Files.readString(Path.of(rest.next())).strip()));
            } else if (argument.equals("--policy") && rest.hasNext()) {
                policy = Optional.of(Policy.parse(Files.readAllBytes(Path.of(rest.next()))));
            } else if (argument.equals("--kept") && rest.hasNext()) {
                kept.add(SignedCheckpoint.parse(Files.readAllBytes(Path.of(rest.next()))));
            } else if (argument.equals("--tiles") && rest.hasNext()) {
                tiles = Optional.of(Path.of(rest.next()));
            } else if (archive == null && !argument.startsWith("--")) {
                archive = Path.of(argument);
            } else {
                err.println(USAGE);
                return UNUSABLE;
            }
        }
        if (archive == null) {
            err.println(USAGE);
            return UNUSABLE;
        }
        return verify(archive, new ExportVerifier.Trust(key, policy, new KeptCheckpoints(kept, tiles)), out, err);
    }

    private static int verify(Path archive, ExportVerifier.Trust trust, PrintStream out, PrintStream err)
            throws IOException {
        try {
            ExportVerifier.Verified verified = ExportVerifier.verify(
                    archive,
                    trust,
                    (bytes, of, events) -> err.printf("\r%3d %%, %,d events", 100 * bytes / Math.max(1, of), events));
            err.println();
            print(verified, trust, out);
            return 0;
        } catch (VerificationException wrong) {
            err.println();
            out.println("NOT VERIFIED: " + wrong.finding() + ": " + wrong.getMessage());
            return NOT_VERIFIED;
        }
    }

    private static void print(ExportVerifier.Verified verified, ExportVerifier.Trust trust, PrintStream out) {
        Manifest manifest = verified.manifest();
        out.println("VERIFIED");
        out.println("Log:        " + manifest.origin());
        out.println(
                "Events:     " + manifest.events() + " of the range " + manifest.first() + " to " + manifest.last());
        out.println("Selection:  "
                + (manifest.isComplete()
                        ? "every event of the range"
                        : manifest.selection() + " (that none was left out is the log's word only)"));
        out.println("Checkpoint: " + verified.checkpoint().checkpoint().head().size() + " events, root "
                + verified.checkpoint().checkpoint().head().root());
        verified.continues()
                .ifPresent(before -> out.println("Continues:  " + before.origin() + " after "
                        + before.head().size() + " events, root "
                        + before.head().root()));
        trust.kept()
                .checkpoints()
                .forEach(kept -> out.println("Kept:       it continues the checkpoint of "
                        + kept.checkpoint().head().size() + " events"));
        if (verified.erased() > 0) {
            out.println("Erased:     " + verified.erased() + " events, whose content cannot be proven any more");
        }
        manifest.files().keySet().stream()
                .filter(name -> name.startsWith(ArchiveNames.DOCUMENTS))
                .forEach(name -> out.println("Documents:  " + name
                        + " (signed by the log; that they read like the events is its word only)"));
        out.println("Key:        " + verified.key()
                + (trust.key().isPresent() ? "" : " (from the archive: compare it with the published one)"));
    }
}
