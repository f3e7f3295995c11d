package chat.parley.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server, and who asks. Secrets come from a file, the environment or the standard input, never from an argument. */
final class ServerOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:PARLEY_SERVER:-http://localhost:8080}",
            description = "The server; the environment's PARLEY_SERVER, else ${DEFAULT-VALUE}.")
    private URI server = URI.create("http://localhost:8080");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the access token, or - for the standard input. Without it the environment's"
                    + " PARLEY_TOKEN counts.")
    private @Nullable Path tokenFile;

    /** As the caller, who must have given a token. */
    Server asCaller() throws IOException {
        String token = secret(tokenFile, "PARLEY_TOKEN")
                .orElseThrow(
                        () -> usage("No access token: set PARLEY_TOKEN or --token-file; `parley login` prints one."));
        return new Server(server, Optional.of(token), Map.of());
    }

    /** Without a token, with this header. */
    Server withHeader(String name, String value) {
        return new Server(server, Optional.empty(), Map.of(name, value));
    }

    Server asAnybody() {
        return new Server(server, Optional.empty(), Map.of());
    }

    /** The first line of the file, of the standard input for {@code -}, or of the variable. */
    static Optional<String> secret(@Nullable Path file, String variable) throws IOException {
        String text;
        if (file == null) {
            text = System.getenv(variable);
        } else if (file.toString().equals("-")) {
            text = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } else {
            text = Files.readString(file);
        }
        return Optional.ofNullable(text).map(String::strip).filter(secret -> !secret.isEmpty());
    }

    private ParameterException usage(String message) {
        if (command == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
