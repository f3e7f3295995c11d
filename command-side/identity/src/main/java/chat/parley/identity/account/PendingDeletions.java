package chat.parley.identity.account;

import chat.parley.api.account.UserId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Accounts whose deletion has been requested. An account is listed in the vault until the last step of its deletion is
 * done.
 */
public final class PendingDeletions {
    private final JdbcClient vault;
    private final Clock clock;

    PendingDeletions(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    public record Deletion(UserId user, Instant askedAt) {}

    public void begin(UserId user) {
        vault.sql("insert into vault.account_deletions (user_id, asked_at) values (?, ?) on conflict do nothing")
                .params(user.value(), Timestamp.from(clock.instant()))
                .update();
    }

    void end(UserId user) {
        vault.sql("delete from vault.account_deletions where user_id = ?")
                .param(user.value())
                .update();
    }

    public List<Deletion> unfinished(int most) {
        return vault.sql("select user_id, asked_at from vault.account_deletions order by asked_at, user_id limit ?")
                .param(most)
                .query((row, number) -> new Deletion(
                        new UserId(row.getString("user_id")),
                        row.getTimestamp("asked_at").toInstant()))
                .list();
    }
}
