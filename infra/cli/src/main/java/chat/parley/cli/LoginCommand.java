package chat.parley.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Logs in and gives out the access token. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Logs in, and prints the access token or writes it to a file. The token is valid for minutes.")
final class LoginCommand implements Callable<Integer> {
    private static final String OWNER_ONLY = "rw-------";

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "USERNAME", description = "The account's username.")
    private String username = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the password, or - for the standard input. Without it the environment's"
                    + " PARLEY_PASSWORD counts, else the terminal asks.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Writes the token to this file, readable by its owner only.")
    private @Nullable Path target;

    @Override
    public Integer call() throws IOException, InterruptedException, RefusedByServer {
        CommandSpec spec = Objects.requireNonNull(command);
        String password = ServerOptions.secret(passwordFile, "PARLEY_PASSWORD")
                .or(LoginCommand::asked)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "No password: set PARLEY_PASSWORD or --password-file."));
        String token = server.asAnybody()
                .call("POST", "/sessions", Map.of("username", username, "password", password, "device", "parley-cli"))
                .path("accessToken")
                .asString("");
        if (target == null) {
            spec.commandLine().getOut().println(token);
        } else {
            write(target, token);
        }
        return ExitCodes.DONE;
    }

    private static Optional<String> asked() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("Password: "))
                .map(String::new);
    }

    private static void write(Path file, String token) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(file, token, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
