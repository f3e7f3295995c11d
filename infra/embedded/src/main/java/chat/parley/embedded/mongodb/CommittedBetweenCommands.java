package chat.parley.embedded.mongodb;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-in, its store committed only where no command is being carried out. One command writes to several maps, its
 * document and its indexes; the store's own commits fall anywhere, and one in between is half a document after a
 * {@code kill -9}, which no later write to it survives.
 */
public final class CommittedBetweenCommands extends H2Backend {
    private static final Logger log = LoggerFactory.getLogger(CommittedBetweenCommands.class);

    private static final Duration TIDY_EVERY = Duration.ofSeconds(10);

    /** Chunks of the file less full than this are written together... */
    private static final int FILL_PERCENT = 60;

    /** ...so many bytes at a time, for as long as which all commands wait. */
    private static final int TIDY_BYTES = 4 * 1024 * 1024;

    private final ReadWriteLock commands = new ReentrantReadWriteLock();
    private final ScheduledExecutorService committer =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("read-side-commit", true));

    private CommittedBetweenCommands(MVStore store) {
        super(store);
    }

    /**
     * @param store       must not commit by itself
     * @param commitEvery the most that a killed process forgets
     */
    public static CommittedBetweenCommands start(MVStore store, Duration commitEvery) {
        CommittedBetweenCommands backend = new CommittedBetweenCommands(store);
        backend.every(commitEvery, store::tryCommit);
        backend.every(TIDY_EVERY, () -> store.compact(FILL_PERCENT, TIDY_BYTES));
        return backend;
    }

    private void every(Duration interval, Runnable task) {
        var _ = committer.scheduleWithFixedDelay(
                () -> betweenCommands(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void betweenCommands(Runnable task) {
        commands.writeLock().lock();
        try {
            task.run();
        } catch (RuntimeException failed) {
            log.error("The read side could not be written to disk", failed);
        } finally {
            commands.writeLock().unlock();
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return new ReadSideDatabase(databaseName, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        return command(() -> super.handleMessage(message));
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return command(() -> super.handleQuery(query));
    }

    private <T> T command(Supplier<T> command) {
        commands.readLock().lock();
        try {
            return command.get();
        } finally {
            commands.readLock().unlock();
        }
    }

    @Override
    public void close() {
        committer.shutdown();
        betweenCommands(super::close);
    }
}
