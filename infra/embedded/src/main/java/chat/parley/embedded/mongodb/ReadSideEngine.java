package chat.parley.embedded.mongodb;

import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.EngineFailure;
import chat.parley.embedded.process.OwnerOnly;
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

/** A MongoDB-compatible server inside Parley's own process, for the read side, which a replay of the events makes again. */
public final class ReadSideEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReadSideEngine.class);

    private static final String DATABASE = "parley";
    public static final String FILE = "parley-3.mv";

    /** In other formats; the events make it again. */
    private static final List<String> FORMER_FILES = List.of("parley.mv", "parley-2.mv");

    private static final int CACHE_MEGABYTES = 64;

    /** The most that a killed process forgets; the projections' tokens are forgotten with it, so it is made again. */
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

    private final ReadSideServer server;

    private ReadSideEngine(ReadSideServer server) {
        this.server = server;
    }

    public static ReadSideEngine start(DataDirectory data) {
        return start(data, COMMIT_EVERY);
    }

    public static ReadSideEngine start(DataDirectory data, Duration commitEvery) {
        try {
            Path directory = OwnerOnly.createDirectory(data.resolve("read-side"));
            for (String former : FORMER_FILES) {
                Files.deleteIfExists(directory.resolve(former));
            }
            return new ReadSideEngine(
                    ReadSideServer.start(CommittedBetweenCommands.start(open(directory.resolve(FILE)), commitEvery)));
        } catch (IOException failure) {
            throw new EngineFailure("The read side could not be opened: " + failure, "", failure);
        }
    }

    public ConnectionString connectionString() {
        // The stand-in knows no sessions, so the driver must not retry writes.
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
            // Nothing here is anybody's only copy: the projections start again from the first event.
            Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.warn(
                    "The read side could not be read and is built again from the events; what was there is now {}: {}",
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
