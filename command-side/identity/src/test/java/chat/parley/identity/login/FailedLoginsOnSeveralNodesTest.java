package chat.parley.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.identity.password.PrioritySemaphore.Permits;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody alternates between nodes that share the vault. */
class FailedLoginsOnSeveralNodesTest {
    private static final int MOST = 10;
    /** Long enough that no permit comes back within the test. */
    private static final Duration WINDOW = Duration.ofHours(100);

    private final Database database = TestPostgres.database();
    private final JdbcClient vault = JdbcClient.create(database.dataSource());
    private final FailedLoginsOfAllNodes node = node();
    private final FailedLoginsOfAllNodes other = node();

    private FailedLoginsOfAllNodes node() {
        return new FailedLoginsOfAllNodes(vault, new FakeKeyedHash());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Permits of(FailedLoginsOfAllNodes node, String subject) {
        return node.of(subject, MOST, WINDOW);
    }

    @Test
    void theAttemptsOnAllNodesCountTogether() {
        for (int attempt = 0; attempt < MOST; attempt++) {
            Permits permits = of(attempt % 2 == 0 ? node : other, "ann");
            assertThat(permits.nanosUntilAvailable()).as("attempt " + attempt).isZero();
            permits.acquire();
        }
        long untilNext = WINDOW.dividedBy(MOST).toNanos();
        for (FailedLoginsOfAllNodes each : new FailedLoginsOfAllNodes[] {node, other}) {
            assertThat(of(each, "ann").nanosUntilAvailable())
                    .isBetween(untilNext - Duration.ofHours(1).toNanos(), untilNext);
            assertThat(of(each, "bob").nanosUntilAvailable()).isZero();
        }
    }

    @Test
    void aSuccessCountsNowhere() {
        for (int attempt = 0; attempt < MOST; attempt++) {
            of(node, "ann").acquire();
        }
        assertThat(of(other, "ann").nanosUntilAvailable()).isPositive();
        of(other, "ann").release();
        assertThat(of(node, "ann").nanosUntilAvailable()).isZero();
    }

    @Test
    void whatIsUnusedAgainIsDeletedAndWhatIsUsedStays() {
        of(node, "ann").acquire();
        of(node, "bob").acquire();
        of(node, "bob").release();
        other.deleteUnused();
        assertThat(vault.sql("select count(*) from vault.failed_logins")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void neitherNamesNorAddressesAreStored() {
        of(node, "ACCOUNT ann 192.0.2.1").acquire();
        assertThat(vault.sql("select subject from vault.failed_logins")
                        .query(String.class)
                        .single())
                .doesNotContain("ann", "192.0.2.1");
    }
}
