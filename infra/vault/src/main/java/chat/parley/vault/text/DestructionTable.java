package chat.parley.vault.text;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextKeys.OldestKey;
import chat.parley.vault.text.Destruction.OfAuthor;
import chat.parley.vault.text.Destruction.OfDays;
import chat.parley.vault.wrapping.VaultTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sequence of destructions, which every node follows. Its numbers ascend with the commits. */
final class DestructionTable {
    private static final String AUTHOR = "author";
    private static final String CONVERSATION = "conversation";

    private final JdbcClient jdbc;

    DestructionTable(VaultTransaction vault) {
        this.jdbc = vault.jdbc();
    }

    /** One destruction with its number. */
    record Numbered(long number, Destruction destruction) {}

    /** Needs a transaction with {@link VaultTransaction#whileDestroyingKeys}, so that numbers ascend with the commits. */
    static void record(JdbcClient jdbc, Destruction destruction) {
        String kind = destruction instanceof OfAuthor ? AUTHOR : CONVERSATION;
        String id = idOf(destruction);
        Long day = destruction instanceof OfDays days ? days.before() : null;
        jdbc.sql("DELETE FROM vault.key_destructions WHERE kind = :kind AND id = :id")
                .param("kind", kind)
                .param("id", id)
                .update();
        jdbc.sql("INSERT INTO vault.key_destructions (kind, id, day) VALUES (:kind, :id, :day)")
                .param("kind", kind)
                .param("id", id)
                .param("day", day)
                .update();
    }

    private static String idOf(Destruction destruction) {
        return switch (destruction) {
            case OfAuthor(UserId author) -> author.value();
            case OfDays(ConversationId conversation, long _) -> conversation.value();
        };
    }

    /** The highest number; 0 if there is none. */
    long newest() {
        return jdbc.sql("SELECT coalesce(max(seq), 0) FROM vault.key_destructions")
                .query(Long.class)
                .single();
    }

    /** The destructions after this number, ascending. */
    List<Numbered> after(long number, int most) {
        return jdbc.sql("SELECT seq, kind, id, day FROM vault.key_destructions WHERE seq > :number"
                        + " ORDER BY seq LIMIT :most")
                .param("number", number)
                .param("most", most)
                .query((row, _) -> new Numbered(row.getLong("seq"), destruction(row)))
                .list();
    }

    private static Destruction destruction(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return row.getString("kind").equals(AUTHOR)
                ? new OfAuthor(new UserId(id))
                : new OfDays(new ConversationId(id), row.getLong("day"));
    }

    /** Those that the vault's keys are as if they had never been: its rows are of before. */
    List<Destruction> undone(List<OfAuthor> authors, List<OfDays> days) {
        List<Destruction> undone = new ArrayList<>();
        jdbc.sql("SELECT known.id FROM unnest(:ids::text[]) AS known (id)"
                        + " WHERE NOT EXISTS (SELECT FROM vault.erased_authors WHERE author = known.id)"
                        + " OR EXISTS (SELECT FROM vault.text_keys WHERE author = known.id)")
                .param("ids", authors.stream().map(DestructionTable::idOf).toArray(String[]::new))
                .query((row, _) -> new OfAuthor(new UserId(row.getString("id"))))
                .list()
                .forEach(undone::add);
        jdbc.sql("SELECT known.id, known.day FROM unnest(:ids::text[], :days::bigint[]) AS known (id, day)"
                        + " JOIN vault.conversation_keys ON conversation = known.id WHERE from_day < known.day")
                .param("ids", days.stream().map(DestructionTable::idOf).toArray(String[]::new))
                .param("days", days.stream().map(OfDays::before).toArray(Long[]::new))
                .query((row, _) -> new OfDays(new ConversationId(row.getString("id")), row.getLong("day")))
                .list()
                .forEach(undone::add);
        return undone;
    }

    List<OldestKey> keptBefore(LocalDate day, @Nullable ConversationId after, int most) {
        return jdbc.sql("SELECT conversation, from_day FROM vault.conversation_keys"
                        + " WHERE from_day < :day AND conversation > :after ORDER BY conversation LIMIT :most")
                .param("day", day.toEpochDay())
                .param("after", after == null ? "" : after.value())
                .param("most", most)
                .query((row, _) -> new OldestKey(
                        new ConversationId(row.getString("conversation")),
                        LocalDate.ofEpochDay(row.getLong("from_day"))))
                .list();
    }
}
