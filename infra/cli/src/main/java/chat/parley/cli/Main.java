package chat.parley.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The command line. */
@Command(
        name = "parley",
        mixinStandardHelpOptions = true,
        version = "parley 1",
        description = "Uses a Parley server's audit side and administration, and verifies what it gives out.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 not verified, or a rebuild or an export that failed; 2 wrong usage or an unusable file;",
            "3 the server refused; 4 the server does not answer.",
            "The server's own jar has these commands too, and `backup` and `restore`.",
            "Each command that the server records needs --reason. Passwords and tokens are read from files, the",
            "environment (PARLEY_PASSWORD, PARLEY_TOKEN) or the standard input, never from arguments."
        },
        subcommands = {
            LoginCommand.class,
            RoleCommands.Grant.class,
            RoleCommands.Revoke.class,
            RebuildCommand.class,
            ExportCommand.class,
            HoldCommand.class,
            EraseCommand.class,
            Main.Verify.class,
            Main.Witness.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        main(List.of(), args);
    }

    /** The same with further commands, which are objects with picocli's annotation. */
    public static void main(List<?> more, String[] args) {
        int code = run(more, writer(System.out), writer(System.err), args);
        if (code != ExitCodes.DONE) {
            System.exit(code);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Answers the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(List.of(), out, err, args);
    }

    /** The same with further commands. */
    public static int run(List<?> more, PrintWriter out, PrintWriter err, String... args) {
        CommandLine commands = new CommandLine(new Main());
        more.forEach(commands::addSubcommand);
        commands.setOut(out);
        commands.setErr(err);
        commands.setExecutionExceptionHandler((failed, command, parsed) -> exitCode(failed, command.getErr()));
        return args.length == 0 ? commands.execute("--help") : commands.execute(args);
    }

    private static int exitCode(Exception failed, PrintWriter err) throws Exception {
        if (failed instanceof RefusedByServer refused) {
            err.println("Refused: " + refused.getMessage());
            if (!refused.advice().isEmpty()) {
                err.println(refused.advice());
            }
            return ExitCodes.REFUSED;
        }
        if (failed instanceof FileSystemException file) {
            err.println("The file " + file.getFile() + " " + problem(file));
            return ExitCodes.USAGE;
        }
        if (failed instanceof IOException unreachable) {
            err.println("The server does not answer: " + unreachable);
            err.println("Check --server or PARLEY_SERVER, and that the server runs.");
            return ExitCodes.UNREACHABLE;
        }
        throw failed;
    }

    private static String problem(FileSystemException file) {
        return switch (file) {
            case NoSuchFileException _ -> "does not exist";
            case FileAlreadyExistsException _ -> "exists already";
            case AccessDeniedException _ -> "may not be used by this user";
            case NotDirectoryException _ -> "is not a directory";
            default -> "cannot be used" + (file.getReason() == null ? "" : ": " + file.getReason());
        };
    }

    /** {@code verify}, which is the program of the verifier. */
    @Command(
            name = "verify",
            description = "Verifies an archive of exported events, offline: [--key FILE] [--policy FILE]"
                    + " [--kept FILE]... [--tiles DIR] export.zip")
    static final class Verify implements Callable<Integer> {
        @Unmatched
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            return delegated("verify", arguments);
        }
    }

    /** {@code witness}, which is the program of the verifier. */
    @Command(
            name = "witness",
            description = "Cosigns the checkpoints of logs: --enroll, --key, --name, --log, --state, --port")
    static final class Witness implements Callable<Integer> {
        @Unmatched
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            return delegated("witness", arguments);
        }
    }

    private static int delegated(String command, List<String> arguments) {
        String[] all = new String[arguments.size() + 1];
        all[0] = command;
        for (int i = 0; i < arguments.size(); i++) {
            all[i + 1] = arguments.get(i);
        }
        return chat.parley.verify.Main.run(all, System.out, System.err);
    }
}
