package chat.parley.load;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long to measure, what to account, where to report. */
final class BenchOptions {
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
            description = "The server's data directory on this machine: the PostgreSQL that it keeps there is accounted"
                    + " as well, and the disk is timed there. Without it the disk of temporary files is.")
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
    ServerUsage server() {
        return serverPid == null ? null : ServerUsage.of(serverPid, dataDir);
    }

    DiskProbe disk() {
        return new DiskProbe(dataDir == null ? Path.of(System.getProperty("java.io.tmpdir")) : dataDir);
    }
}
