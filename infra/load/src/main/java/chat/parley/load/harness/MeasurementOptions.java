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

/** How long to measure, what to account, where to report. */
public final class MeasurementOptions {
    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Load before anything is measured (${DEFAULT-VALUE}).")
    int warmupSeconds;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long to measure (${DEFAULT-VALUE}).")
    int durationSeconds;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The server's JVM on this machine: it and its descendants are accounted.")
    @Nullable
    Long serverPid;

    @Option(
            names = "--data-dir",
            description = "The server's data directory on this machine: the engines that it keeps there are accounted"
                    + " as well, the disk is timed there, and scenarios that need a role take the admin key from there."
                    + " Without it the disk of temporary files is timed.")
    @Nullable
    Path dataDir;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "What usernames begin with: with the same password, a later run finds the same people again.")
    @Nullable
    String run;

    @Option(names = "--password", description = "Of everybody; a random one unless a later run is to find them.")
    @Nullable
    String password;

    @Option(names = "--revision", description = "Of the server's sources, for the report.")
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

    /** Who can read it may make admins. */
    String adminKey() {
        if (dataDir == null) {
            throw new RunAbortedException(
                    "The admin key lies in the server's data directory: name it with --data-dir", null);
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
