package chat.parley.retention.expiry;

import chat.parley.api.conversation.ConversationId;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to which day the texts of each conversation have expired, in the vault. */
final class ExpiryTable {
    private final JdbcClient vault;

    ExpiryTable(JdbcClient vault) {
        this.vault = vault;
    }

    /** @param before a day in UTC */
    record Expiry(ConversationId conversation, LocalDate before) {}

    /** The texts are about to expire; the decision and the destruction are still to come. */
    void open(Expiry expiry) {
        store(expiry, true);
    }

    /** Nothing from before that day is left. */
    void done(Expiry expiry) {
        store(expiry, false);
    }

    private void store(Expiry expiry, boolean open) {
        vault.sql("insert into vault.expiries (conversation_id, before_day, open) values (?, ?, ?)"
                        + " on conflict (conversation_id) do update"
                        + " set before_day = excluded.before_day, open = excluded.open"
                        + " where expiries.before_day <= excluded.before_day")
                .params(expiry.conversation().value(), Date.valueOf(expiry.before()), open)
                .update();
    }

    /** Nothing was decided, so that the next round asks again. */
    void forget(Expiry expiry) {
        vault.sql("delete from vault.expiries where conversation_id = ? and before_day = ?")
                .params(expiry.conversation().value(), Date.valueOf(expiry.before()))
                .update();
    }

    List<Expiry> open(int most) {
        return vault.sql("select conversation_id, before_day from vault.expiries where open"
                        + " order by conversation_id limit ?")
                .param(most)
                .query((row, number) -> new Expiry(
                        new ConversationId(row.getString("conversation_id")),
                        row.getDate("before_day").toLocalDate()))
                .list();
    }

    /** The days of those of these conversations that have one. */
    Map<ConversationId, LocalDate> done(Collection<ConversationId> conversations) {
        Map<ConversationId, LocalDate> done = new HashMap<>();
        vault.sql("select conversation_id, before_day from vault.expiries where not open and conversation_id = any(?)")
                .param(conversations.stream().map(ConversationId::value).toArray(String[]::new))
                .query(row -> {
                    done.put(
                            new ConversationId(row.getString("conversation_id")),
                            row.getDate("before_day").toLocalDate());
                });
        return done;
    }
}
