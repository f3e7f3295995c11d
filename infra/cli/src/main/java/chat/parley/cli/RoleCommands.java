package chat.parley.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Grants and revokes roles. */
final class RoleCommands {
    private RoleCommands() {}

    /** Whose role changes, which one, and why. */
    abstract static class RoleChange implements Callable<Integer> {
        @Mixin
        final ServerOptions server = new ServerOptions();

        @Parameters(index = "0", paramLabel = "USER", description = "The user's id.")
        private String user = "";

        @Parameters(index = "1", paramLabel = "ROLE", description = "The role.")
        private String role = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded for good.")
        private String reason = "";

        final String path() {
            return "/users/" + Server.segment(user) + "/roles/" + Server.segment(role)
                    + Server.query(Map.of("reason", reason));
        }
    }

    /** {@code grant}. */
    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description =
                    "Grants a role: admin, analyst, investigator or auditor. Needs the role admin, or the server's own"
                            + " key for the first admin.")
    static final class Grant extends RoleChange {
        @Option(
                names = "--admin-key",
                paramLabel = "FILE",
                description =
                        "The file admin.key in the server's data directory, on the server's own machine, instead of a"
                                + " token. Makes the first admin.")
        private @Nullable Path adminKey;

        @Override
        public Integer call() throws IOException, InterruptedException, RefusedByServer {
            Server asked = adminKey == null
                    ? server.asCaller()
                    : server.withHeader(
                            "Parley-Admin-Key", Files.readString(adminKey).strip());
            asked.call("PUT", path());
            return ExitCodes.DONE;
        }
    }

    /** {@code revoke}. */
    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a role. Needs the role admin.")
    static final class Revoke extends RoleChange {
        @Override
        public Integer call() throws IOException, InterruptedException, RefusedByServer {
            server.asCaller().call("DELETE", path());
            return ExitCodes.DONE;
        }
    }
}
