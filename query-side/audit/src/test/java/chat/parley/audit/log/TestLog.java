package chat.parley.audit.log;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.audit.log.witness.WitnessSettings;
import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running transparency log without witnesses over the events of a test. */
public final class TestLog implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Database database = TestPostgres.database();
    private final LogTables tables = new LogTables(database.dataSource());
    private final Cosigning cosigning;
    private final TransparencyLog log;
    private final EventProofs proofs;

    public TestLog(RawEvents events, Path directory) {
        cosigning = new Cosigning(new WitnessSettings(Map.of(), 1), tables, tables);
        log = new TransparencyLog(
                events,
                tables,
                transactions(),
                new LogIdentity(directory, "test/log"),
                null,
                MutableClock.betweenMilliseconds(),
                Duration.ofMillis(20),
                _ -> {});
        log.start();
        proofs = new EventProofs(events, tables, log, cosigning, LONG);
    }

    public EventProofs proofs() {
        return proofs;
    }

    public DataSource vault() {
        return database.dataSource();
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    }

    public SaltShredder shredder() {
        return shredder(LONG);
    }

    /** A shredder that waits only so long for the log. */
    public SaltShredder shredder(Duration timeout) {
        return new SaltShredder(tables, transactions(), log, timeout);
    }

    public boolean isShredded(long index) {
        return tables.salt(index).isEmpty();
    }

    @Override
    public void close() {
        log.stop();
        cosigning.close();
        database.close();
    }
}
