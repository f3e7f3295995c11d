package chat.parley.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Legal holds. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Places, lifts and lists legal holds. Needs the role auditor.",
        subcommands = {HoldCommand.Place.class, HoldCommand.Lift.class, HoldCommand.ListHolds.class})
final class HoldCommand {
    private static final String PATH = "/audit/holds";

    private HoldCommand() {}

    /** {@code hold place}. */
    @Command(
            name = "place",
            mixinStandardHelpOptions = true,
            description = "Places a hold on users and conversations, or on what a search finds.")
    static final class Place implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(paramLabel = "HOLD", description = "The name of the hold, such as a case number.")
        private String hold = "";

        @Option(names = "--user", paramLabel = "ID", description = "A user's id; may be repeated.")
        private List<String> users = List.of();

        @Option(names = "--conversation", paramLabel = "ID", description = "A conversation's id; may be repeated.")
        private List<String> conversations = List.of();

        @Option(names = "--query", paramLabel = "QUERY", description = "A search, instead of users and conversations.")
        private @Nullable String query;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
        private String reason = "";

        @Override
        public Integer call() throws IOException, InterruptedException, RefusedByServer {
            Map<String, Object> body = new HashMap<>(Map.of("hold", hold, "reason", reason));
            if (query == null) {
                body.put("users", users);
                body.put("conversations", conversations);
            } else {
                body.put("query", query);
            }
            server.asCaller().call("POST", PATH, body);
            return ExitCodes.DONE;
        }
    }

    /** {@code hold lift}. */
    @Command(
            name = "lift",
            mixinStandardHelpOptions = true,
            description = "Lifts a hold. Another auditor than the one who placed it has to do so.")
    static final class Lift implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(paramLabel = "HOLD", description = "The name of the hold.")
        private String hold = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
        private String reason = "";

        @Override
        public Integer call() throws IOException, InterruptedException, RefusedByServer {
            server.asCaller()
                    .call("DELETE", PATH + "/" + Server.segment(hold) + Server.query(Map.of("reason", reason)));
            return ExitCodes.DONE;
        }
    }

    /** {@code hold list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the holds, one JSON object a line.")
    static final class ListHolds implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec command;

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
        private String reason = "";

        @Override
        public Integer call() throws IOException, InterruptedException, RefusedByServer {
            server.asCaller()
                    .call("GET", PATH + Server.query(Map.of("reason", reason)))
                    .path("holds")
                    .forEach(hold -> Objects.requireNonNull(command)
                            .commandLine()
                            .getOut()
                            .println(hold));
            return ExitCodes.DONE;
        }
    }
}
