package chat.parley.audit.log;

import chat.parley.audit.StoredEvents;
import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running log of events, for tests of other packages. */
public final class KeptLog implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Database database = TestPostgres.database();
    private final LogTables tables = new LogTables(database.dataSource());
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    private final TransparencyLog log;

    public KeptLog(StoredEvents events, Path directory) {
        log = new TransparencyLog(
                events,
                tables,
                transactions,
                new LogIdentity(directory, "test/log"),
                null,
                MutableClock.betweenMilliseconds(),
                Duration.ofMillis(20),
                _ -> {});
        log.start();
    }

    public SaltShredder shredder() {
        return new SaltShredder(tables, transactions, log, LONG);
    }

    /** A shredder that waits only so long for the log. */
    public SaltShredder shredder(Duration timeout) {
        return new SaltShredder(tables, transactions, log, timeout);
    }

    public boolean isShredded(long index) {
        return tables.salt(index).isEmpty();
    }

    @Override
    public void close() {
        log.stop();
        database.close();
    }
}
