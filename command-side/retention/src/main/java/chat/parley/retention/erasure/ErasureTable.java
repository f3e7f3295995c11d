package chat.parley.retention.erasure;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Erasures in the vault. Steps only move forward, so several nodes may take the same step. */
public final class ErasureTable {
    private static final String SELECT = "select * from vault.erasures where ";

    private final JdbcClient vault;
    private final Clock clock;

    ErasureTable(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** Begins an erasure, or begins a refused one again; changes nothing about any other. */
    void begin(UserId user, UserId orderedBy, Instant askedAt, SealedText reason) {
        vault.sql("insert into vault.erasures (user_id, ordered_by, asked_at, reason_key_id, reason_nonce,"
                        + " reason_ciphertext, step) values (:user, :by, :at, :key, :nonce, :ciphertext, :asked)"
                        + " on conflict (user_id) do update set ordered_by = excluded.ordered_by,"
                        + " asked_at = excluded.asked_at, reason_key_id = excluded.reason_key_id,"
                        + " reason_nonce = excluded.reason_nonce, reason_ciphertext = excluded.reason_ciphertext,"
                        + " step = excluded.step, refusal = null where erasures.step = :refused")
                .param("user", user.value())
                .param("by", orderedBy.value())
                .param("at", Timestamp.from(askedAt))
                .param("key", reason.keyId())
                .param("nonce", reason.nonce())
                .param("ciphertext", reason.ciphertext())
                .param("asked", Step.ASKED.name())
                .param("refused", Step.REFUSED.name())
                .update();
    }

    /** The order is an event, which has the reason. */
    void ordered(UserId user) {
        vault.sql("update vault.erasures set step = ?, reason_key_id = null, reason_nonce = null,"
                        + " reason_ciphertext = null where user_id = ? and step = ?")
                .params(Step.ORDERED.name(), user.value(), Step.ASKED.name())
                .update();
    }

    void refused(UserId user, Refusal refusal) {
        vault.sql("update vault.erasures set step = ?, refusal = ?, reason_key_id = null, reason_nonce = null,"
                        + " reason_ciphertext = null where user_id = ? and step = ?")
                .params(Step.REFUSED.name(), refusal.name(), user.value(), Step.ASKED.name())
                .update();
    }

    void keysDestroyed(UserId user) {
        vault.sql("update vault.erasures set step = ?, keys_destroyed_at = ? where user_id = ? and step = ?")
                .params(Step.KEYS_DESTROYED.name(), now(), user.value(), Step.ORDERED.name())
                .update();
    }

    void erased(UserId user) {
        vault.sql("update vault.erasures set step = ?, erased_at = ? where user_id = ? and step = ?")
                .params(Step.ERASED.name(), now(), user.value(), Step.KEYS_DESTROYED.name())
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    public Optional<Erasure> find(UserId user) {
        return vault.sql(SELECT + "user_id = ?")
                .param(user.value())
                .query(ErasureTable::erasure)
                .optional();
    }

    /** Those whose last step is not taken, the oldest first. */
    List<Erasure> unfinished(int most) {
        return vault.sql(SELECT + "step not in (?, ?) order by asked_at, user_id limit ?")
                .params(Step.REFUSED.name(), Step.ERASED.name(), most)
                .query(ErasureTable::erasure)
                .list();
    }

    private static Erasure erasure(ResultSet row, int number) throws SQLException {
        String keyId = row.getString("reason_key_id");
        String refusal = row.getString("refusal");
        return new Erasure(
                new UserId(row.getString("user_id")),
                new UserId(row.getString("ordered_by")),
                row.getTimestamp("asked_at").toInstant(),
                keyId == null
                        ? null
                        : new SealedText(keyId, row.getString("reason_nonce"), row.getString("reason_ciphertext")),
                Step.valueOf(row.getString("step")),
                refusal == null ? null : Refusal.valueOf(refusal),
                instant(row.getTimestamp("keys_destroyed_at")),
                instant(row.getTimestamp("erased_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
