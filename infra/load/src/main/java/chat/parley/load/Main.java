package chat.parley.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the load generator; each further scenario is one more subcommand. */
@Command(
        name = "parley-load",
        mixinStandardHelpOptions = true,
        description = "A real client of Parley's public protocol, many times over.",
        subcommands = {
            AwayCommand.class,
            CapacityCommand.class,
            GroupsCommand.class,
            HistoryCommand.class,
            IdleCommand.class,
            PresenceCommand.class,
            InboxCommand.class,
            IndexCheckCommand.class,
            MixedCommand.class,
            PairsCommand.class,
            RebuildCommand.class,
            ReconnectStormCommand.class,
            ReplayCommand.class,
            ResultsCommand.class,
            SearchCommand.class,
            SmokeCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Answers the exit code: 0 when all is well, 1 when the server failed, 2 for wrong arguments. */
    public static int run(String... args) {
        return new CommandLine(new Main()).execute(args);
    }
}
