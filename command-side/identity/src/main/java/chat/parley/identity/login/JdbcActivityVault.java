package chat.parley.identity.login;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ActivityVault;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes all devices in one statement, because a stopping node has little time. */
final class JdbcActivityVault implements ActivityVault {
    private final JdbcClient vault;
    private final Clock clock;

    JdbcActivityVault(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public void keep(String node, Collection<LastActivity> activities) {
        Timestamp now = Timestamp.from(clock.instant());
        vault.sql("insert into vault.kept_activity (node, user_id, device_id, last_active_at, kept_at) "
                        + "select ?, user_id, device_id, to_timestamp(millis / 1000.0), ? "
                        + "from unnest(?, ?, ?) as kept (user_id, device_id, millis) "
                        + "on conflict (node, user_id, device_id) do update set "
                        + "last_active_at = excluded.last_active_at, kept_at = excluded.kept_at")
                .params(
                        node,
                        now,
                        activities.stream().map(kept -> kept.user().value()).toArray(String[]::new),
                        activities.stream().map(kept -> kept.device().value()).toArray(String[]::new),
                        activities.stream()
                                .map(kept -> kept.at().toEpochMilli())
                                .toArray(Long[]::new))
                .update();
        vault.sql("delete from vault.kept_activity where node = ? and kept_at < ?")
                .params(node, now)
                .update();
    }

    @Override
    public List<LastActivity> of(String node) {
        return vault.sql("select user_id, device_id, last_active_at from vault.kept_activity where node = ?")
                .param(node)
                .query((row, number) -> new LastActivity(
                        new UserId(row.getString("user_id")),
                        new DeviceId(row.getString("device_id")),
                        row.getTimestamp("last_active_at").toInstant()))
                .list();
    }

    @Override
    public void forget(UserId user) {
        vault.sql("delete from vault.kept_activity where user_id = ?")
                .param(user.value())
                .update();
    }
}
