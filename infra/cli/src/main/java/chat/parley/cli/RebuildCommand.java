package chat.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Rebuilds a read model and follows it to its end. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Rebuilds a read model beside the served one, and shows the progress to the end. Needs the role auditor"
                        + " or admin. Exit code 1: the new generation was given up.")
final class RebuildCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "TARGET", description = "read-model or search.")
    private String target = "";

    @ArgGroup(multiplicity = "1")
    private Action action = new Action();

    /** Begins a rebuild for a reason, or follows one. */
    static final class Action {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
        private @Nullable String reason;

        @Option(names = "--follow", required = true, description = "Only follows a rebuild that runs already.")
        private boolean follow;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RefusedByServer {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        Server asked = server.asCaller();
        if (!action.follow) {
            asked.call(
                    "POST",
                    "/audit/rebuilds",
                    Map.of("target", target, "reason", Objects.requireNonNull(action.reason)));
        }
        String path = "/audit/rebuilds/" + Server.segment(target);
        return told(new Followed(asked, path).toTheEnd(out), out);
    }

    private static int told(JsonNode report, PrintWriter out) {
        report.path("differences")
                .forEach(difference ->
                        out.println("Different: " + difference.path("count").asString("") + " served "
                                + difference.path("served") + ", rebuilt " + difference.path("filled")));
        String state = report.path("state").asString("");
        if (state.equals("failed")) {
            out.println(
                    "The new generation was given up: " + report.path("failure").asString("unknown"));
            return ExitCodes.FOUND;
        }
        out.println("Serving " + report.path("serving").asString("") + ", " + report.path("filled"));
        return ExitCodes.DONE;
    }
}
