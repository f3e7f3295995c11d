package chat.parley.search.history.index;

import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.DocumentKind;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.MessageKey;
import chat.parley.search.history.index.BulkWriter.Rejection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores rejected documents in the vault until they are accepted or replaced by a newer version. */
public final class DeadLetters {
    private static final String COLUMNS =
            "kind, conversation, position, version, entry, error, attempts, first_at, last_at, next_at";

    private final JdbcClient vault;
    private final Clock clock;
    private final Duration firstPause;
    private final Duration maxPause;

    public DeadLetters(DataSource vault, Clock clock, Duration firstPause, Duration maxPause) {
        this.vault = JdbcClient.create(vault);
        this.clock = clock;
        this.firstPause = firstPause;
        this.maxPause = maxPause;
    }

    /** Adds rejected documents, or postpones those that are stored already. */
    void park(Generation generation, List<Rejection> rejections) {
        if (rejections.isEmpty()) {
            return;
        }
        List<DocumentKey> keys = rejections.stream().map(Rejection::key).toList();
        vault.sql("insert into vault.search_dead_letters as parked (generation, " + COLUMNS + ") "
                        + "select :generation, k, c, p, v, e, error, 1, cast(:now as timestamptz), cast(:now as timestamptz), "
                        + "cast(:now as timestamptz) + make_interval(secs => :first) "
                        + "from unnest(:kinds, :conversations, :positions, :versions, :entries, :errors) "
                        + "as rejected (k, c, p, v, e, error) "
                        + "on conflict (generation, kind, conversation, position, version) do update "
                        + "set entry = excluded.entry, error = excluded.error, attempts = parked.attempts + 1, "
                        + "last_at = excluded.last_at, next_at = excluded.last_at "
                        // The exponent is limited before the power is computed, which would overflow.
                        + "+ make_interval(secs => least(:max, :first * 2 ^ least(parked.attempts, 30)))")
                .param("generation", generation.name())
                .param("now", Timestamp.from(clock.instant()))
                .param("first", seconds(firstPause))
                .param("max", seconds(maxPause))
                .param("kinds", texts(keys, key -> key.kind().name()))
                .param(
                        "conversations",
                        texts(keys, key -> key.place().conversation().value()))
                .param("positions", longs(keys, key -> key.place().position()))
                .param("versions", longs(keys, DocumentKey::version))
                .param("entries", longs(keys, DocumentKey::entry))
                .param("errors", rejections.stream().map(Rejection::error).toArray(String[]::new))
                .update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static <T> String[] texts(Collection<T> of, Function<T, String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }

    private static <T> Long[] longs(Collection<T> of, ToLongFunction<T> number) {
        return of.stream().map(number::applyAsLong).toArray(Long[]::new);
    }

    /** The newest stored version of each of these messages. */
    Map<MessageKey, Long> newestVersions(Generation generation, Collection<MessageKey> places) {
        Map<MessageKey, Long> newest = new HashMap<>();
        vault.sql("select conversation, position, max(version) as version from vault.search_dead_letters "
                        + "where generation = :generation and kind = :kind and (conversation, position) in "
                        + "(select * from unnest(:conversations, :positions)) group by conversation, position")
                .param("generation", generation.name())
                .param("kind", DocumentKind.MESSAGE.name())
                .param(
                        "conversations",
                        texts(places, place -> place.conversation().value()))
                .param("positions", longs(places, MessageKey::position))
                .query(row -> {
                    newest.put(place(row), row.getLong("version"));
                });
        return newest;
    }

    /** Removes messages of which a newer version was written. */
    void supersede(Generation generation, Map<MessageKey, Long> written) {
        if (written.isEmpty()) {
            return;
        }
        vault.sql("delete from vault.search_dead_letters parked "
                        + "using unnest(:conversations, :positions, :versions) as written (c, p, v) "
                        + "where generation = :generation and kind = :kind "
                        + "and conversation = c and position = p and version < v")
                .param("generation", generation.name())
                .param("kind", DocumentKind.MESSAGE.name())
                .param(
                        "conversations",
                        texts(written.keySet(), place -> place.conversation().value()))
                .param("positions", longs(written.keySet(), MessageKey::position))
                .param("versions", written.values().toArray(Long[]::new))
                .update();
    }

    List<DeadLetter> due(Generation generation, int limit) {
        return vault.sql("select " + COLUMNS + " from vault.search_dead_letters "
                        + "where generation = :generation and next_at <= :now order by next_at limit :limit")
                .param("generation", generation.name())
                .param("now", Timestamp.from(clock.instant()))
                .param("limit", limit)
                .query((row, number) -> letter(row))
                .list();
    }

    public List<DeadLetter> oldest(Generation generation, int limit) {
        return vault.sql("select " + COLUMNS + " from vault.search_dead_letters "
                        + "where generation = :generation order by first_at limit :limit")
                .param("generation", generation.name())
                .param("limit", limit)
                .query((row, number) -> letter(row))
                .list();
    }

    /** Makes all of them due now and returns their number. */
    public int hasten(Generation generation) {
        return vault.sql("update vault.search_dead_letters set next_at = :now where generation = :generation")
                .param("generation", generation.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    void resolve(Generation generation, Collection<DocumentKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        vault.sql("delete from vault.search_dead_letters "
                        + "using unnest(:kinds, :conversations, :positions, :versions) as resolved (k, c, p, v) "
                        + "where generation = :generation "
                        + "and kind = k and conversation = c and position = p and version = v")
                .param("generation", generation.name())
                .param("kinds", texts(keys, key -> key.kind().name()))
                .param(
                        "conversations",
                        texts(keys, key -> key.place().conversation().value()))
                .param("positions", longs(keys, key -> key.place().position()))
                .param("versions", longs(keys, DocumentKey::version))
                .update();
    }

    public long count(Generation generation) {
        return vault.sql("select count(*) from vault.search_dead_letters where generation = :generation")
                .param("generation", generation.name())
                .query(Long.class)
                .single();
    }

    public void forget(Generation generation) {
        vault.sql("delete from vault.search_dead_letters where generation = :generation")
                .param("generation", generation.name())
                .update();
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        DocumentKey key = new DocumentKey(
                DocumentKind.valueOf(row.getString("kind")), place(row), row.getLong("version"), row.getLong("entry"));
        return new DeadLetter(
                key,
                row.getString("error"),
                row.getInt("attempts"),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getTimestamp("next_at").toInstant());
    }

    private static MessageKey place(ResultSet row) throws SQLException {
        return new MessageKey(new ConversationId(row.getString("conversation")), row.getLong("position"));
    }
}
