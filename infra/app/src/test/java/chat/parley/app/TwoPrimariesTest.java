package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import chat.parley.testing.replication.ReplicatedPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TwoPrimariesTest {
    @Test
    void aNodeDoesNotStartWhileTwoServersTakeWrites() throws SQLException {
        try (ReplicatedPostgres postgres = ReplicatedPostgres.asynchronous()) {
            RemotePostgres engine = new RemotePostgres(postgres.url(), "postgres", "postgres");
            engine.ask();
            postgres.second().promote();
            assertThatThrownBy(engine::ask)
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("127.0.0.1:" + postgres.first().port() + " and 127.0.0.1:"
                            + postgres.second().port());
        }
    }

    @Test
    void aStartWaitsWhileNoServerIsThePrimary() {
        try (ReplicatedPostgres postgres = ReplicatedPostgres.asynchronous()) {
            postgres.first().kill();
            RemotePostgres engine = new RemotePostgres(postgres.url(), "postgres", "postgres");
            assertThatThrownBy(engine::ask)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("127.0.0.1:" + postgres.second().port() + " is a standby");
        }
    }
}
