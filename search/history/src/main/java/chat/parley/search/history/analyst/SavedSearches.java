package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.search.SavedSearchId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Stores saved searches, encrypted, in the vault. They are not part of any event. */
final class SavedSearches {
    private final JdbcClient vault;
    private final TransactionTemplate transaction;
    private final TextProtection protection;
    private final JsonMapper json;
    private final Clock clock;
    private final int most;

    SavedSearches(DataSource vault, TextProtection protection, JsonMapper json, Clock clock, int most) {
        this.vault = JdbcClient.create(vault);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(vault));
        this.protection = protection;
        this.json = json;
        this.clock = clock;
        this.most = most;
    }

    /** The encrypted part. */
    private record Content(String name, String q, @Nullable String sort) {}

    private record Row(SavedSearchId id, SealedText content) {}

    /** In the order in which they were first saved. */
    List<SavedSearch> of(UserId owner) {
        return vault
                .sql("select search_id, key_id, nonce, ciphertext from vault.saved_searches where user_id = ? "
                        + "order by saved_at, search_id")
                .param(owner.value())
                .query(SavedSearches::row)
                .list()
                .stream()
                .flatMap(row -> reveal(owner, row))
                .toList();
    }

    /** @throws Refused {@link Refusal#LIMIT_EXCEEDED} */
    void put(UserId owner, SavedSearch search) {
        // Before the transaction, because sealing may need a second connection.
        SealedText content = protection.seal(
                owner,
                json.writeValueAsString(new Content(search.name(), search.q(), search.sort())),
                TextProtection.savedSearchContext(owner, search.id()));
        transaction.executeWithoutResult(_ -> put(owner, search.id(), content));
    }

    private void put(UserId owner, SavedSearchId id, SealedText content) {
        // Serialises writes per user, so that the limit is exact.
        vault.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("saved-searches/" + owner)
                .query()
                .listOfRows();
        int others = vault.sql("select count(*) from vault.saved_searches where user_id = ? and search_id <> ?")
                .params(owner.value(), id.value())
                .query(Integer.class)
                .single();
        if (others >= most) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        vault.sql("insert into vault.saved_searches (user_id, search_id, key_id, nonce, ciphertext, saved_at) "
                        + "values (?, ?, ?, ?, ?, ?) on conflict (user_id, search_id) do update set "
                        + "key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext")
                .params(
                        owner.value(),
                        id.value(),
                        content.keyId(),
                        content.nonce(),
                        content.ciphertext(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** @throws Refused {@link Refusal#SAVED_SEARCH_NOT_FOUND} */
    void remove(UserId owner, SavedSearchId id) {
        int removed = vault.sql("delete from vault.saved_searches where user_id = ? and search_id = ?")
                .params(owner.value(), id.value())
                .update();
        if (removed == 0) {
            throw new Refused(Refusal.SAVED_SEARCH_NOT_FOUND);
        }
    }

    /** Those of an erased user. */
    void removeAll(UserId owner) {
        vault.sql("delete from vault.saved_searches where user_id = ?")
                .param(owner.value())
                .update();
    }

    /** Empty if the owner's key was destroyed. */
    private Stream<SavedSearch> reveal(UserId owner, Row row) {
        Optional<String> text = protection.reveal(row.content(), TextProtection.savedSearchContext(owner, row.id()));
        return text.stream()
                .map(content -> json.readValue(content, Content.class))
                .map(content -> new SavedSearch(row.id(), content.name(), content.q(), content.sort()));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new SavedSearchId(row.getString("search_id")),
                new SealedText(row.getString("key_id"), row.getString("nonce"), row.getString("ciphertext")));
    }
}
