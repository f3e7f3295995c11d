package chat.parley.verify;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.policy.Policy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The program {@code parley-verify}. Exit codes: 0 verified, 1 not verified, 2 wrong usage or an unreadable file. */
public final class Main {
    private static final int NOT_VERIFIED = 1;
    private static final int UNUSABLE = 2;

    private static final String USAGE = """
            Usage: java -jar parley-verify.jar [--key FILE] [--policy FILE] export.zip

            Verifies an archive of exported events, offline.
              --key FILE     the log's public key as its operator publishes it (one line)
              --policy FILE  the log and the witnesses that must have cosigned, in C2SP's tlog-policy""";

    private Main() {}

    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        Optional<VerifierKey> key = Optional.empty();
        Optional<Policy> policy = Optional.empty();
        Path archive = null;
        try {
            for (int i = 0; i < args.length; i++) {
                if (args[i].equals("--key") && i + 1 < args.length) {
                    key = Optional.of(VerifierKey.parse(
                            Files.readString(Path.of(args[++i])).strip()));
                } else if (args[i].equals("--policy") && i + 1 < args.length) {
                    policy = Optional.of(Policy.parse(Files.readAllBytes(Path.of(args[++i]))));
                } else if (archive == null && !args[i].startsWith("--")) {
                    archive = Path.of(args[i]);
                } else {
                    err.println(USAGE);
                    return UNUSABLE;
                }
            }
            if (archive == null) {
                err.println(USAGE);
                return UNUSABLE;
            }
            return verify(archive, new ExportVerifier.Trust(key, policy), out, err);
        } catch (IOException | TransparencyException unusable) {
            err.println(unusable);
            return UNUSABLE;
        }
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
        if (verified.erased() > 0) {
            out.println("Erased:     " + verified.erased() + " events, whose content cannot be proven any more");
        }
        out.println("Key:        " + verified.key()
                + (trust.key().isPresent() ? "" : " (from the archive: compare it with the published one)"));
    }
}
