package chat.parley.load.harness;

import chat.parley.load.client.RunAbortedException;
import chat.parley.load.metrics.FsyncProbe;
import chat.parley.load.metrics.ServerProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The measurement and its report. */
public final class MeasurementOptions {
    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Warm-up, which is not measured (${DEFAULT-VALUE}).")
    int warmupSeconds;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Length of the measured window (${DEFAULT-VALUE}).")
    int durationSeconds;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The server's JVM on this machine, to measure it and its descendants.")
    @Nullable
    Long serverPid;

    @Option(
            names = "--data-dir",
            description = "The server's data directory on this machine, to measure its engines and its disk, and to"
                    + " read the admin key for scenarios that need a role. Without it the disk of temporary files is"
                    + " measured.")
    @Nullable
    Path dataDir;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "The prefix of usernames; a later run of the same name and password finds the same people.")
    @Nullable
    String run;

    @Option(names = "--password", description = "The password of all accounts (random).")
    @Nullable
    String password;

    @Option(names = "--revision", description = "The revision of the server's sources, for the report.")
    @Nullable
    String revision;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the report as JSON to this file.")
    @Nullable
    Path report;

    Duration warmup() {
        return Duration.ofSeconds(warmupSeconds);
    }

    Duration duration() {
        return Duration.ofSeconds(durationSeconds);
    }

    @Nullable
    ServerProcesses server() {
        return serverPid == null ? null : ServerProcesses.of(serverPid, dataDir);
    }

    /** The key that makes the first administrator. */
    String adminKey() {
        if (dataDir == null) {
            throw new RunAbortedException(
                    "The admin key is in the server's data directory: pass it with --data-dir", null);
        }
        try {
            return Files.readString(dataDir.resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new RunAbortedException("The admin key could not be read", e);
        }
    }

    FsyncProbe disk() {
        return new FsyncProbe(dataDir == null ? Path.of(System.getProperty("java.io.tmpdir")) : dataDir);
    }
}
