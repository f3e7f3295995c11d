package chat.parley.load;

import chat.parley.load.capacity.CapacityCommand;
import chat.parley.load.replay.ReplayCommand;
import chat.parley.load.report.ResultsCommand;
import chat.parley.load.scenario.AwayCommand;
import chat.parley.load.scenario.GroupsScenario;
import chat.parley.load.scenario.HistoryCommand;
import chat.parley.load.scenario.IdleCommand;
import chat.parley.load.scenario.InboxCommand;
import chat.parley.load.scenario.IndexCheckCommand;
import chat.parley.load.scenario.MixedScenario;
import chat.parley.load.scenario.PairsScenario;
import chat.parley.load.scenario.PresenceCommand;
import chat.parley.load.scenario.RebuildCommand;
import chat.parley.load.scenario.ReconnectStormCommand;
import chat.parley.load.scenario.SearchCommand;
import chat.parley.load.scenario.SmokeScenario;
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
            GroupsScenario.class,
            HistoryCommand.class,
            IdleCommand.class,
            PresenceCommand.class,
            InboxCommand.class,
            IndexCheckCommand.class,
            MixedScenario.class,
            PairsScenario.class,
            RebuildCommand.class,
            ReconnectStormCommand.class,
            ReplayCommand.class,
            ResultsCommand.class,
            SearchCommand.class,
            SmokeScenario.class
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
