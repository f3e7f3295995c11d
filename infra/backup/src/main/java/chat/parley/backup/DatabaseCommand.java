package chat.parley.backup;

import chat.parley.api.process.StartupFailure;
import chat.parley.cli.ExitCodes;
import chat.parley.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command on the database of the server that the settings name. */
abstract class DatabaseCommand implements Callable<Integer> {
    static final String SETTINGS = "The settings are those of the server, from the environment or as --name=value.";

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(paramLabel = "DIRECTORY", description = "The directory of the backup.")
    private Path directory = Path.of("");

    @Unmatched
    private List<String> settings = new ArrayList<>();

    abstract void run(Path directory, ServerSettings server, PrintWriter out) throws IOException, SQLException;

    @Override
    public Integer call() throws FileSystemException {
        PrintWriter err = spec().commandLine().getErr();
        settings.stream()
                .filter(setting -> !setting.matches("--[a-z]+\\..+=.*"))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new ParameterException(
                            spec().commandLine(), "Neither an option nor a setting as --name=value: " + unknown);
                });
        try {
            run(directory, ServerSettings.of(settings), spec().commandLine().getOut());
            return ExitCodes.DONE;
        } catch (StartupFailure refused) {
            err.println("Refused: " + refused.description());
            err.println(refused.advice());
            return ExitCodes.REFUSED;
        } catch (DamagedBackup damaged) {
            err.println(damaged.getMessage());
            return ExitCodes.FOUND;
        } catch (FileSystemException file) {
            throw file;
        } catch (IOException file) {
            err.println("A file in " + directory + " cannot be read or written: " + file.getMessage());
            return ExitCodes.USAGE;
        } catch (SQLException | DataAccessException failed) {
            return failed(err, failed);
        }
    }

    private static int failed(PrintWriter err, Exception failed) {
        Throwable cause = failed;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String state = cause instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
        if (state.equals("55P03")) {
            err.println("Refused: The tables are in use.");
            err.println("Stop all nodes and everything else that uses the database, then repeat the command.");
            return ExitCodes.REFUSED;
        }
        err.println("PostgreSQL has not done it: " + cause.getMessage());
        if (state.startsWith("08") || state.startsWith("57P")) {
            err.println("Check spring.datasource.url and that PostgreSQL runs, then repeat the command.");
            return ExitCodes.UNREACHABLE;
        }
        err.println("Remove the cause, then repeat the command.");
        return ExitCodes.REFUSED;
    }

    Progress progress() {
        return Progress.on(spec().commandLine().getErr());
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(command);
    }
}
