package chat.parley.backup;

import chat.parley.cli.Main;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/** The command line of the server's jar: all commands of {@code parley}, and those that need the server's database. */
public final class OperatorCommands {
    private static final Pattern COMMAND = Pattern.compile("[a-z]+");

    private OperatorCommands() {}

    /** Whether these arguments name a command; those of a server are settings. */
    public static boolean isNamedIn(String[] arguments) {
        return arguments.length > 0 && COMMAND.matcher(arguments[0]).matches();
    }

    public static void main(String[] arguments) {
        // Beside the command's own lines, only what goes wrong.
        System.setProperty("logging.level.chat.parley", "warn");
        Main.main(commands(), arguments);
    }

    /** Answers the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return Main.run(commands(), out, err, arguments);
    }

    private static List<DatabaseCommand> commands() {
        return List.of(new BackupCommand(), new RestoreCommand());
    }
}
