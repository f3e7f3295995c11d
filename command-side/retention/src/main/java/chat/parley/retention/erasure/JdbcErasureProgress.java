package chat.parley.retention.erasure;

import chat.parley.api.account.UserId;
import chat.parley.api.port.ErasureProgress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which stores have dropped which users, in the vault. */
final class JdbcErasureProgress implements ErasureProgress {
    private final JdbcClient vault;
    private final Clock clock;

    JdbcErasureProgress(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public void done(UserId user, Store store) {
        vault.sql("insert into vault.erasure_stores (user_id, store, done_at) values (?, ?, ?) on conflict do nothing")
                .params(user.value(), store.name(), Timestamp.from(clock.instant()))
                .update();
    }

    /** When each store was done. */
    Map<Store, Instant> of(UserId user) {
        Map<Store, Instant> done = new EnumMap<>(Store.class);
        vault.sql("select store, done_at from vault.erasure_stores where user_id = ?")
                .param(user.value())
                .query(row -> {
                    done.put(
                            Store.valueOf(row.getString("store")),
                            row.getTimestamp("done_at").toInstant());
                });
        return done;
    }
}
