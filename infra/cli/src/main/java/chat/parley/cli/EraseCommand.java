package chat.parley.cli;

import java.io.IOException;
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

/** Erases a user. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description =
                "Erases a user for good: closes the account and destroys the keys of its texts. Needs the role auditor."
                        + " Prints how far the erasure has come, as JSON.")
final class EraseCommand implements Callable<Integer> {
    private static final String PATH = "/audit/erasures";

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "USER", description = "The user's id.")
    private String user = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
    private String reason = "";

    @Option(names = "--status", description = "Only tells how far an erasure has come.")
    private boolean status;

    @Override
    public Integer call() throws IOException, InterruptedException, RefusedByServer {
        Server asked = server.asCaller();
        Objects.requireNonNull(command)
                .commandLine()
                .getOut()
                .println(
                        status
                                ? asked.call(
                                        "GET",
                                        PATH + "/" + Server.segment(user) + Server.query(Map.of("reason", reason)))
                                : asked.call("POST", PATH, Map.of("user", user, "reason", reason)));
        return ExitCodes.DONE;
    }
}
