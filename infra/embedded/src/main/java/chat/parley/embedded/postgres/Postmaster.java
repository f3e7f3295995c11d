package chat.parley.embedded.postgres;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.ChildCommand;
import chat.parley.embedded.process.Ports;
import chat.parley.embedded.process.Processes;
import chat.parley.embedded.process.ServiceAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server process. {@code pg_ctl} starts it in a session of its own, so that Ctrl-C in the terminal
 * reaches only Parley, which stops it after all its users.
 */
final class Postmaster {

    static final String SUPERUSER = "postgres";

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** With the following steps, this stays within the ten seconds of Parley's shutdown. */
    private static final Duration STOP = Duration.ofSeconds(6);

    /** An orphaned server may have much to write, and only this start waits for it. */
    private static final Duration STOP_ORPHAN = Duration.ofSeconds(20);

    private static final Duration STOP_HARD = Duration.ofMillis(1500);

    /** Another process may take a free port before PostgreSQL opens it. */
    private static final int PORTS_TO_TRY = 5;

    /** The line of the file with the process id that has the port. */
    private static final int PORT_LINE = 3;

    private static final long LOG_BYTES_KEPT = 1 << 20;

    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            // Rare checkpoints: after each one, every changed page is once written as a whole to the log.
            "max_wal_size=2GB",
            "shared_buffers=256MB",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Statements and error details contain user data, which must not be logged.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse");

    private final PostgresCluster cluster;
    private final ProcessHandle process;
    private final int port;

    private Postmaster(PostgresCluster cluster, ProcessHandle process, int port) {
        this.cluster = cluster;
        this.process = process;
        this.port = port;
    }

    static Postmaster start(
            PostgresCluster cluster, PostgresBinaries binaries, ServiceAccount account, Duration timeout) {
        try {
            stopOrphans(cluster.directory());
            Path logFile = cluster.directory().resolve("server.log");
            startLogAfresh(logFile);
            String output = "";
            for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
                int port = Ports.any();
                long logged = Files.exists(logFile) ? Files.size(logFile) : 0;
                ChildCommand.Result result = account.run(startCommand(cluster, binaries, logFile, port, timeout));
                if (result.succeeded()) {
                    return new Postmaster(cluster, running(cluster.directory()), port);
                }
                stopOrphans(cluster.directory());
                output = since(logFile, logged, result.output());
                if (!output.contains("could not bind")) {
                    break;
                }
            }
            throw new StartupFailure(
                    "PostgreSQL did not start on %s: %s".formatted(cluster.directory(), output),
                    "Correct the cause; the data is unchanged. The full log is in " + logFile + ".");
        } catch (IOException failure) {
            throw new StartupFailure("PostgreSQL could not be started: " + failure, "", failure);
        }
    }

    /** The port of the server that runs on this directory at present; empty if none does. */
    static OptionalInt runningPort(Path directory) throws IOException {
        if (recorded(directory).isEmpty()) {
            return OptionalInt.empty();
        }
        List<String> lines = Files.readAllLines(pidFile(directory));
        return OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Ends all sessions and stops in good order; kills the server if that takes too long. */
    void stop() {
        stop(process, cluster.directory(), STOP);
    }

    /**
     * After a kill -9 of Parley its server keeps running, perhaps with other settings. It is stopped in good order,
     * never reused. A process id in the pid file that belongs to another program is ignored.
     */
    private static void stopOrphans(Path directory) throws IOException {
        Optional<ProcessHandle> named = recorded(directory);
        if (named.isPresent()) {
            log.warn(
                    "Stopping PostgreSQL (process {}) that an earlier Parley left running, before a new one is started",
                    named.get().pid());
            stop(named.get(), directory, STOP_ORPHAN);
        }
        killLeftovers(directory);
        if (Files.deleteIfExists(pidFile(directory))) {
            log.info("PostgreSQL was not stopped cleanly; it now recovers from its log");
        }
    }

    private static void stop(ProcessHandle postmaster, Path directory, Duration patience) {
        List<ProcessHandle> one = List.of(postmaster);
        Processes.signal(postmaster, "INT");
        if (!Processes.awaitGone(one, patience)) {
            log.warn("PostgreSQL did not stop in time and is killed; it recovers at the next start");
            Processes.signal(postmaster, "QUIT");
            if (!Processes.awaitGone(one, STOP_HARD)) {
                Processes.signal(postmaster, "KILL");
            }
        }
        killLeftovers(directory);
    }

    /** Backends end with their postmaster; one that hangs would prevent the next start. */
    private static void killLeftovers(Path directory) {
        if (Processes.awaitGone(Processes.postgresOf(directory), STOP_HARD)) {
            return;
        }
        List<ProcessHandle> leftovers = Processes.postgresOf(directory);
        leftovers.forEach(leftover -> Processes.signal(leftover, "KILL"));
        if (!Processes.awaitGone(leftovers, STOP_HARD)) {
            throw new StartupFailure(
                    "Processes of an earlier PostgreSQL still use %s and cannot be ended: %s"
                            .formatted(directory, leftovers),
                    "End them manually, then start Parley again.");
        }
    }

    private static Optional<ProcessHandle> recorded(Path directory) throws IOException {
        Path pidFile = pidFile(directory);
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(firstLine(Files.readString(pidFile)));
            return ProcessHandle.of(pid)
                    .filter(Processes::isRunning)
                    .filter(process -> Processes.isPostgresOf(process, directory));
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    private static ProcessHandle running(Path directory) throws IOException {
        return recorded(directory).orElseThrow(() -> new IOException("the process ended immediately"));
    }

    private static ChildCommand startCommand(
            PostgresCluster cluster, PostgresBinaries binaries, Path logFile, int port, Duration timeout) {
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
        for (String setting : SETTINGS) {
            options.add("-c");
            options.add(setting);
        }
        return ChildCommand.of(
                binaries.program("pg_ctl").toString(),
                "--pgdata=" + cluster.directory(),
                "--log=" + logFile,
                "--options=" + String.join(" ", options),
                "--timeout=" + Math.max(1, timeout.toSeconds()),
                "--wait",
                "--silent",
                "start");
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("postmaster.pid");
    }

    private static void startLogAfresh(Path logFile) throws IOException {
        if (Files.exists(logFile) && Files.size(logFile) > LOG_BYTES_KEPT) {
            Files.delete(logFile);
        }
    }

    private static String since(Path logFile, long offset, String otherwise) throws IOException {
        if (!Files.exists(logFile)) {
            return otherwise;
        }
        byte[] all = Files.readAllBytes(logFile);
        int from = (int) Math.min(offset, all.length);
        String said = new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
        return said.isEmpty() ? otherwise : said;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
