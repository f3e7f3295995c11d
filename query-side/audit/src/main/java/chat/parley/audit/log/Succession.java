package chat.parley.audit.log;

import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Begins the log of a new epoch if the operator has named the log that it continues. A crash between any two steps is
 * repaired by the next start:
 *
 * <ol>
 *   <li>One transaction stores the newest head of the log before, puts its tiles aside, and empties the tables of the log.
 *   <li>The former key and checkpoint get other file names, so that a new key is made.
 * </ol>
 */
final class Succession {
    private static final Logger log = LoggerFactory.getLogger(Succession.class);

    private final LogTables tables;
    private final TransactionOperations transactions;
    private final LogIdentity identity;
    private final @Nullable String predecessor;

    /** @param predecessor the name of the log to continue; null for none */
    Succession(
            LogTables tables, TransactionOperations transactions, LogIdentity identity, @Nullable String predecessor) {
        this.tables = tables;
        this.transactions = transactions;
        this.identity = identity;
        this.predecessor = predecessor;
    }

    /**
     * Does nothing if the log before is continued already.
     *
     * @throws LogStoppedException if the heads that the log before has signed contradict each other
     */
    void beginIfAsked() {
        Optional<SigningKey> former =
                identity.storedKey().filter(key -> key.verifier().name().equals(predecessor));
        if (former.isEmpty() || identity.origin().equals(predecessor)) {
            return;
        }
        VerifierKey key = former.get().verifier();
        if (tables.predecessor(identity.origin()).isEmpty()) {
            SignedCheckpoint head = newestHead(key);
            transactions.executeWithoutResult(_ -> tables.succeed(identity.origin(), head));
            log.warn(
                    "The log {} begins. Its first leaf will commit to the {} events of {}.",
                    identity.origin(),
                    head.checkpoint().head().size(),
                    key.name());
        }
        identity.retire(key);
    }

    private SignedCheckpoint newestHead(VerifierKey key) {
        List<SignedCheckpoint> heads = Stream.of(identity.publishedCheckpoint(), tables.checkpoint())
                .flatMap(Optional::stream)
                .filter(head -> head.by(key).isPresent())
                .toList();
        SignedCheckpoint newest = heads.stream()
                .max(Comparator.comparingLong(head -> head.checkpoint().head().size()))
                .orElseThrow(() -> new LogStoppedException("There is no checkpoint by " + key.name()
                        + ", so it cannot be continued. Bring back the checkpoint file that belongs to its key."));
        long size = newest.checkpoint().head().size();
        boolean isForked = heads.stream()
                .map(head -> head.checkpoint().head())
                .anyMatch(head ->
                        head.size() == size && !head.equals(newest.checkpoint().head()));
        if (isForked) {
            throw new LogStoppedException("The database and the file have different checkpoints of " + size
                    + " events by " + key.name() + ". One of them was forged; find out which before you continue.");
        }
        return newest;
    }
}
