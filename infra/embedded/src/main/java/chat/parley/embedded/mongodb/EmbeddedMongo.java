package chat.parley.embedded.mongodb;

import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.DataDirectory;
import com.mongodb.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A MongoDB-compatible server in Parley's own process, for the read side, which can be rebuilt from the events. */
public final class EmbeddedMongo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMongo.class);

    private static final String DATABASE = "parley";
    public static final String FILE = "parley-3.mv";

    /** Files of earlier formats are deleted; the read side is rebuilt from the events. */
    private static final List<String> FORMER_FILES = List.of("parley.mv", "parley-2.mv");

    private static final int CACHE_MEGABYTES = 64;

    /**
     * The most time of which a killed process loses its writes. The projections' tokens are lost with them, so the
     * writes are repeated.
     */
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

    private final EmbeddedMongoServer server;

    private EmbeddedMongo(EmbeddedMongoServer server) {
        this.server = server;
    }

    public static EmbeddedMongo start(DataDirectory data) {
        return start(data, COMMIT_EVERY);
    }

    public static EmbeddedMongo start(DataDirectory data, Duration commitEvery) {
        try {
            Path directory = PrivateFiles.createDirectory(data.resolve("read-side"));
            for (String former : FORMER_FILES) {
                Files.deleteIfExists(directory.resolve(former));
            }
            return new EmbeddedMongo(
                    EmbeddedMongoServer.start(AtomicCommandBackend.start(open(directory.resolve(FILE)), commitEvery)));
        } catch (IOException failure) {
            throw new StartupFailure("The read side could not be opened: " + failure, "", failure);
        }
    }

    public ConnectionString connectionString() {
        // The stand-in supports no sessions, so the driver must not retry writes.
        return new ConnectionString("mongodb://127.0.0.1:" + server.port() + "/" + DATABASE + "?retryWrites=false");
    }

    @Override
    public void close() {
        server.close();
        log.info("The read side has stopped");
    }

    private static MVStore open(Path file) throws IOException {
        try {
            return openStore(file);
        } catch (MVStoreException failure) {
            // The file is no only copy: the projections start again from the first event.
            Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.warn(
                    "The read side's file could not be read and is rebuilt from the events; it was renamed to {}: {}",
                    aside,
                    failure.getMessage());
            return openStore(file);
        }
    }

    private static MVStore openStore(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
    }
}
