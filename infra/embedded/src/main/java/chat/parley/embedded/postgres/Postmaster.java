package chat.parley.embedded.postgres;

import chat.parley.embedded.elasticsearch.ServiceAccount;
import chat.parley.embedded.mongodb.Command;
import chat.parley.embedded.process.EngineFailure;
import chat.parley.embedded.process.Ports;
import chat.parley.embedded.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server process. {@code pg_ctl} puts it into a session of its own, so that a Ctrl-C in the terminal reaches
 * only Parley, which stops it when everything that uses it has ended.
 */
final class Postmaster {

    static final String SUPERUSER = "postgres";

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** With what follows it, within the ten seconds that all of Parley may take to stop. */
    private static final Duration STOP = Duration.ofSeconds(6);

    /** A server left behind may have much to write; nobody waits for it but this start. */
    private static final Duration STOP_ORPHAN = Duration.ofSeconds(20);

    private static final Duration STOP_HARD = Duration.ofMillis(1500);

    /** A port that was free may be taken when PostgreSQL asks for it. */
    private static final int PORTS_TO_TRY = 5;

    private static final long LOG_BYTES_KEPT = 1 << 20;

    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            // Checkpoints far apart: each page is written whole to the log once after every one of them.
            "max_wal_size=2GB",
            "shared_buffers=256MB",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Statements and the details of errors carry people's data; the log must not.
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
                Command.Result result = account.run(startCommand(cluster, binaries, logFile, port, timeout));
                if (result.succeeded()) {
                    return new Postmaster(cluster, running(cluster.directory()), port);
                }
                stopOrphans(cluster.directory());
                output = since(logFile, logged, result.output());
                if (!output.contains("could not bind")) {
                    break;
                }
            }
            throw new EngineFailure(
                    "PostgreSQL did not start on %s. It said: %s".formatted(cluster.directory(), output),
                    "Put right what it names; the data has not been touched. All it said is in " + logFile + ".");
        } catch (IOException failure) {
            throw new EngineFailure("PostgreSQL could not be started: " + failure, "", failure);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Ends all sessions, writes what is due and goes; what does not go is made to. */
    void stop() {
        stop(process, cluster.directory(), STOP);
    }

    /**
     * After a kill -9 of Parley its server lives on, perhaps with other settings than today's. It is stopped in good order,
     * never adopted. A number in the pid file that belongs to some other process by now is no business of ours.
     */
    private static void stopOrphans(Path directory) throws IOException {
        Optional<ProcessHandle> named = recorded(directory);
        if (named.isPresent()) {
            log.warn(
                    "Stopping PostgreSQL (process {}) that outlived its Parley, before starting afresh",
                    named.get().pid());
            stop(named.get(), directory, STOP_ORPHAN);
        }
        killLeftovers(directory);
        if (Files.deleteIfExists(pidFile(directory))) {
            log.info("PostgreSQL was not stopped cleanly; it recovers from its log now");
        }
    }

    private static void stop(ProcessHandle postmaster, Path directory, Duration patience) {
        List<ProcessHandle> one = List.of(postmaster);
        Processes.signal(postmaster, "INT");
        if (!Processes.awaitGone(one, patience)) {
            log.warn("PostgreSQL takes long to stop; ending it at once, to recover at the next start");
            Processes.signal(postmaster, "QUIT");
            if (!Processes.awaitGone(one, STOP_HARD)) {
                Processes.signal(postmaster, "KILL");
            }
        }
        killLeftovers(directory);
    }

    /** Backends end with their postmaster by themselves; one that hangs would keep the next one from starting. */
    private static void killLeftovers(Path directory) {
        if (Processes.awaitGone(Processes.postgresOf(directory), STOP_HARD)) {
            return;
        }
        List<ProcessHandle> leftovers = Processes.postgresOf(directory);
        leftovers.forEach(leftover -> Processes.signal(leftover, "KILL"));
        if (!Processes.awaitGone(leftovers, STOP_HARD)) {
            throw new EngineFailure(
                    "Processes of an earlier PostgreSQL still use %s and cannot be ended: %s"
                            .formatted(directory, leftovers),
                    "End them by hand, then start Parley again.");
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
        return recorded(directory).orElseThrow(() -> new IOException("it ended as soon as it had started"));
    }

    private static Command startCommand(
            PostgresCluster cluster, PostgresBinaries binaries, Path logFile, int port, Duration timeout) {
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
        for (String setting : SETTINGS) {
            options.add("-c");
            options.add(setting);
        }
        return Command.of(
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
