package chat.parley.vault.wrapping;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions on the vault that are independent of the caller's: what is written here is used at once and must not
 * disappear with a rollback of the caller. Locks are held until the end of the transaction.
 */
public final class VaultTransaction {
    /** Held while keys of authors are created (shared) and while any keys are destroyed (exclusively). */
    private static final long KEYS = 0x7061726c65790001L;

    /** Held while rows are encrypted under another key, or the first key encryption key is created. */
    private static final long WRAPPING = 0x7061726c65790002L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public VaultTransaction(DataSource vault) {
        DataSource independent = new DelegatingDataSource(vault);
        this.jdbc = JdbcClient.create(independent);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(independent));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Keys may be created, and none is destroyed. */
    public void whileKeysStay(Runnable work) {
        transactions.executeWithoutResult(_ -> {
            lock("pg_advisory_xact_lock_shared", KEYS);
            work.run();
        });
    }

    /** No author's key is created, and no other key is destroyed. */
    public void whileDestroyingKeys(Runnable work) {
        transactions.executeWithoutResult(_ -> {
            lock("pg_advisory_xact_lock", KEYS);
            work.run();
        });
    }

    /** No other node encrypts rows anew, and no key is destroyed. */
    <T> T whileWrapping(Supplier<T> work) {
        return transactions.execute(_ -> {
            lock("pg_advisory_xact_lock", WRAPPING);
            lock("pg_advisory_xact_lock_shared", KEYS);
            return work.get();
        });
    }

    private void lock(String function, long lock) {
        jdbc.sql("SELECT " + function + "(:lock)")
                .param("lock", lock)
                .query((_, _) -> lock)
                .single();
    }
}
