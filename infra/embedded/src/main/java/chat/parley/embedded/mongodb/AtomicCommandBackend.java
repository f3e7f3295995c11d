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
 * The stand-in's backend, which commits its store only between commands. One command writes to several maps, the
 * document and its indexes. The store's own background commits may fall in between; after a {@code kill -9} this leaves
 * half a document, and every later write to it fails.
 */
public final class AtomicCommandBackend extends H2Backend {
    private static final Logger log = LoggerFactory.getLogger(AtomicCommandBackend.class);

    private static final Duration TIDY_EVERY = Duration.ofSeconds(10);

    /** Minimum fill rate of the file. Chunks below it are rewritten. */
    private static final int FILL_PERCENT = 60;

    /** Maximum number of bytes that are rewritten at a time. All commands wait for it. */
    private static final int TIDY_BYTES = 4 * 1024 * 1024;

    private final ReadWriteLock commands = new ReentrantReadWriteLock();
    private final ScheduledExecutorService committer =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("read-side-commit", true));

    private AtomicCommandBackend(MVStore store) {
        super(store);
    }

    /**
     * @param store       must have its automatic commits disabled
     * @param commitEvery the most time of which a killed process loses its writes
     */
    public static AtomicCommandBackend start(MVStore store, Duration commitEvery) {
        AtomicCommandBackend backend = new AtomicCommandBackend(store);
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
            log.error(
                    "The read side could not be written to disk; check the space and permissions of the data directory",
                    failed);
        } finally {
            commands.writeLock().unlock();
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return new EmbeddedMongoDatabase(databaseName, getMvStore(), getCursorRegistry());
    }

    /** A write with the write concern {@code j} is on the disk when it is answered, with everything before it. */
    @Override
    public Document handleMessage(MongoMessage message) {
        Document answer = command(() -> super.handleMessage(message));
        if (message.getDocument().get("writeConcern") instanceof Document concern
                && Boolean.TRUE.equals(concern.get("j"))) {
            commitDurably();
        }
        return answer;
    }

    private void commitDurably() {
        commands.writeLock().lock();
        try {
            getMvStore().commit();
            getMvStore().sync();
        } finally {
            commands.writeLock().unlock();
        }
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
