package chat.parley.vault;

import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * Transactions of the vault for Axon: the rows that an event removes and the processor's token are stored together.
 */
public final class VaultTransactions implements TransactionManager {
    private final PlatformTransactionManager vault;

    public VaultTransactions(PlatformTransactionManager vault) {
        this.vault = vault;
    }

    @Override
    public Transaction startTransaction() {
        TransactionStatus status = vault.getTransaction(null);
        return new Transaction() {
            @Override
            public void commit() {
                vault.commit(status);
            }

            @Override
            public void rollback() {
                vault.rollback(status);
            }
        };
    }
}
