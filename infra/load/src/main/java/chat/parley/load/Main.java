package chat.parley.load;

import chat.parley.load.capacity.CapacityCommand;
import chat.parley.load.replay.ReplayCommand;
import chat.parley.load.report.ResultsCommand;
import chat.parley.load.scenario.Scenario;
import chat.parley.load.scenario.SmokeScenario;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the load generator. */
@Command(
        name = "parley-load",
        mixinStandardHelpOptions = true,
        description = "Puts load on a Parley server through its public protocol, and checks every delivery.",
        subcommands = {SmokeScenario.class, ReplayCommand.class, ResultsCommand.class, CapacityCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Answers the exit code: 0 for success, 1 if the server failed, 2 for wrong arguments. */
    public static int run(String... args) {
        CommandLine commands = new CommandLine(new Main());
        Scenario.all().forEach(commands::addSubcommand);
        return commands.execute(args);
    }
}
