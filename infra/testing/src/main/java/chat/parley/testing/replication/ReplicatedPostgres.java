package chat.parley.testing.replication;

import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL with a standby: two servers, each of which a test can kill, start again and promote. */
public final class ReplicatedPostgres implements AutoCloseable {
    private static final String STANDBY = "standby";
    private static final String DATABASE = "parley";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path files;
    private final Server first;
    private final Server second;

    private ReplicatedPostgres(Path files, boolean synchronous) throws IOException {
        this.files = files;
        this.first = new Server(files.resolve("first"));
        this.second = new Server(files.resolve("second"));
        first.start();
        first.sql().sql("CREATE DATABASE " + DATABASE).update();
        if (synchronous) {
            // Copied with the data. Until it is promoted, a standby has no standbys of its own.
            first.sql()
                    .sql("ALTER SYSTEM SET synchronous_standby_names = '" + STANDBY + "'")
                    .update();
        }
        first.stop();
        copy(first.directory, second.directory);
        Files.createFile(second.directory.resolve("standby.signal"));
        Files.writeString(
                second.directory.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + first.port + " user=postgres application_name=" + STANDBY
                        + "'" + System.lineSeparator(),
                StandardOpenOption.APPEND);
        first.start();
        second.start();
        awaitReplication();
    }

    /** A commit is acknowledged when the standby has applied it. */
    public static ReplicatedPostgres synchronous() {
        return start(true);
    }

    /** A commit does not wait for the standby. */
    public static ReplicatedPostgres asynchronous() {
        return start(false);
    }

    private static ReplicatedPostgres start(boolean synchronous) {
        try {
            return new ReplicatedPostgres(Files.createTempDirectory("parley-replicated"), synchronous);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Creates all tables, where no node does. */
    public Database migratedDatabase() {
        TestPostgres.migrate(first.url());
        return database();
    }

    /** Waits until the standby has everything. */
    public void awaitReplication() {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> first.sql()
                        .sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                                + " AND replay_lsn = pg_current_wal_lsn()")
                        .query(Boolean.class)
                        .single());
    }

    /** With the addresses of both servers. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + first.port + ",127.0.0.1:" + second.port + "/" + DATABASE
                + "?user=postgres";
    }

    /** The server that is the primary at first. */
    public Server first() {
        return first;
    }

    /** The server that is the standby at first. */
    public Server second() {
        return second;
    }

    /** A pool of connections to the primary. */
    public Database database() {
        return TestPostgres.at(url() + "&targetServerType=primary");
    }

    @Override
    public void close() {
        first.stop();
        second.stop();
        try {
            FileSystemUtils.deleteRecursively(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the two. */
    public static final class Server {
        private final Path directory;
        private final int port;
        private @Nullable EmbeddedPostgres running;

        private Server(Path directory) {
            this.directory = directory;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                this.port = free.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void start() {
            try {
                running = EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setPGStartupWait(LIMIT)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "remote_apply")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** {@code kill -9} of the server. Its sessions end by themselves, which is awaited. */
        public void kill() {
            ProcessHandle postmaster = postmaster();
            List<ProcessHandle> all =
                    Stream.concat(postmaster.children(), Stream.of(postmaster)).toList();
            postmaster.destroyForcibly();
            Awaitility.await().atMost(LIMIT).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
            // Releases the lock of its directory for the next start.
            stop();
        }

        private ProcessHandle postmaster() {
            try (Stream<String> lines = Files.lines(directory.resolve("postmaster.pid"))) {
                return ProcessHandle.of(
                                Long.parseLong(lines.findFirst().orElseThrow().strip()))
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Makes the standby a primary that waits for no standby. */
        public void promote() {
            sql().sql("ALTER SYSTEM RESET synchronous_standby_names").update();
            sql().sql("SELECT pg_reload_conf()").query(Boolean.class).single();
            sql().sql("SELECT pg_promote()").query(Boolean.class).single();
        }

        public int port() {
            return port;
        }

        public String url() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE + "?user=postgres";
        }

        /** Questions to the server's own database. */
        private JdbcClient sql() {
            return JdbcClient.create(running().getPostgresDatabase());
        }

        /** Questions to this server, whichever of the two it is. */
        public JdbcClient database() {
            return JdbcClient.create(running().getDatabase("postgres", DATABASE));
        }

        private EmbeddedPostgres running() {
            return Objects.requireNonNull(running);
        }

        public void stop() {
            try {
                running().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
