package chat.parley.app;

import chat.parley.embedded.mongodb.EmbeddedMongo;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL and a MongoDB stand-in that several nodes share, the events in PostgreSQL. */
final class SharedEngines implements AutoCloseable {
    private final Path files;
    private final Database postgres;
    private final DataDirectory data;
    private final EmbeddedMongo mongo;

    private SharedEngines(Path files, Database postgres) {
        this.files = files;
        this.postgres = postgres;
        this.data = DataDirectory.open(files.resolve("stand-in"));
        this.mongo = EmbeddedMongo.start(data, Duration.ofMillis(100));
    }

    static SharedEngines start() {
        return over(TestPostgres.emptyDatabase());
    }

    /** The same with another PostgreSQL. */
    static SharedEngines over(Database postgres) {
        try {
            return new SharedEngines(Files.createTempDirectory("parley-shared-engines"), postgres);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of a node on these engines, each unless it is among the others. */
    String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "parley.engines=server",
                "parley.event-store.engine=postgres",
                "spring.datasource.url=" + postgres.url(),
                "spring.mongodb.uri=" + mongo.connectionString(),
                "parley.vault.key-file=" + keyFile(),
                "parley.transparency.directory=" + transparency(),
                "management.server.port=0"));
        for (String other : more) {
            settings.removeIf(setting -> setting.startsWith(other.substring(0, other.indexOf('=') + 1)));
        }
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    ParleyServer startNode(String... more) {
        return ParleyServer.start(unlimited(more));
    }

    /** A node whose clock is another one. */
    ParleyServer startNode(Path dataDir, Clock clock, String... more) {
        return ParleyServer.startOn(dataDir, clock, unlimited(more));
    }

    private String[] unlimited(String... more) {
        List<String> settings = new ArrayList<>(List.of(settings(more)));
        settings.add("parley.limits.enabled=false");
        return settings.toArray(String[]::new);
    }

    Path keyFile() {
        return files.resolve("vault.keys");
    }

    /** The directory of the transparency log's key. */
    Path transparency() {
        return files.resolve("transparency");
    }

    /** The number of push nodes whose lease has not ended. */
    int leases() {
        return JdbcClient.create(postgres.dataSource())
                .sql("select count(*) from vault.push_leases where ends_at > clock_timestamp()")
                .query(Integer.class)
                .single();
    }

    /** The address of the read side. */
    String mongo() {
        return mongo.connectionString().toString();
    }

    Database postgres() {
        return postgres;
    }

    @Override
    public void close() {
        mongo.close();
        data.close();
        postgres.close();
        try {
            FileSystemUtils.deleteRecursively(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
