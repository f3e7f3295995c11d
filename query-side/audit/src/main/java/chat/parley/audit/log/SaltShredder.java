package chat.parley.audit.log;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Overwrites the salts of events. The events stay in the log at their places, and its hashes do not change; but nobody
 * can confirm any more that a guess of their content is right.
 */
public final class SaltShredder {
    private final LogTables tables;
    private final TransactionOperations transactions;
    private final TransparencyLog log;
    private final Duration timeout;

    SaltShredder(LogTables tables, TransactionOperations transactions, TransparencyLog log, Duration timeout) {
        this.tables = tables;
        this.transactions = transactions;
        this.log = log;
        this.timeout = timeout;
    }

    /** @throws Refused {@link Refusal#NOT_LOGGED_YET} if the log does not have all events up to this index in time */
    public void awaitLogged(long index) {
        try {
            if (log.covering(index, timeout).isEmpty()) {
                throw new Refused(Refusal.NOT_LOGGED_YET);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.NOT_LOGGED_YET);
        }
    }

    /** The name of the log whose salts these are. */
    public String origin() {
        return log.origin();
    }

    /** The events to shred, in ascending order. May be begun again after a crash. */
    public Run begin() {
        return new Run();
    }

    /** Shreds block by block. */
    public final class Run implements AutoCloseable {
        private long block = -1;
        private final List<Long> indexes = new ArrayList<>();

        private Run() {}

        public void shred(long index) {
            if (index / LogTables.BLOCK != block) {
                close();
                block = index / LogTables.BLOCK;
            }
            indexes.add(index);
        }

        /** Shreds the last block. */
        @Override
        public void close() {
            if (!indexes.isEmpty()) {
                transactions.executeWithoutResult(_ -> tables.shred(block, indexes));
                indexes.clear();
            }
        }
    }
}
