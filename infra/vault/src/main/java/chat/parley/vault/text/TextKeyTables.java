package chat.parley.vault.text;

import chat.parley.api.RandomValues;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.vault.text.Destruction.OfAuthor;
import chat.parley.vault.text.Destruction.OfDays;
import chat.parley.vault.wrapping.KeyEncryptionKeys;
import chat.parley.vault.wrapping.VaultTransaction;
import chat.parley.vault.wrapping.WrappedKey;
import chat.parley.vault.wrapping.WrappedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Text keys in the vault's tables, encrypted under a key encryption key. */
public final class TextKeyTables implements TextKeyStore {
    private static final int KEY_BYTES = 32;
    private static final int KEY_ID_BYTES = 12;

    private final VaultTransaction vault;
    private final KeyEncryptionKeys keys;

    public TextKeyTables(VaultTransaction vault, KeyEncryptionKeys keys) {
        this.vault = vault;
        this.keys = keys;
    }

    @Override
    public AuthorKey current(UserId author) {
        return findCurrent(author).orElseGet(() -> {
            vault.whileKeysStay(() -> create(author));
            return findCurrent(author).orElseThrow(() -> new Refused(Refusal.USER_UNAVAILABLE));
        });
    }

    private Optional<AuthorKey> findCurrent(UserId author) {
        return vault.jdbc()
                .sql("SELECT key_id, author, key, wrapped_by FROM vault.text_keys WHERE author = :author AND current")
                .param("author", author.value())
                .query((row, _) -> authorKey(row))
                .optional();
    }

    private void create(UserId author) {
        if (isErased(author)) {
            throw new Refused(Refusal.USER_UNAVAILABLE);
        }
        String keyId = RandomValues.text(KEY_ID_BYTES);
        WrappedKey wrapped = keys.wrap(WrappedTable.TEXT_KEYS.place(keyId), RandomValues.bytes(KEY_BYTES));
        vault.jdbc()
                .sql("INSERT INTO vault.text_keys (key_id, author, key, wrapped_by) VALUES (:id, :author, :key, :by)"
                        + " ON CONFLICT (author) WHERE current DO NOTHING")
                .param("id", keyId)
                .param("author", author.value())
                .param("key", wrapped.bytes())
                .param("by", wrapped.by())
                .update();
    }

    private boolean isErased(UserId author) {
        return vault.jdbc()
                .sql("SELECT EXISTS (SELECT FROM vault.erased_authors WHERE author = :author)")
                .param("author", author.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<AuthorKey> find(String keyId) {
        return vault.jdbc()
                .sql("SELECT key_id, author, key, wrapped_by FROM vault.text_keys WHERE key_id = :id")
                .param("id", keyId)
                .query((row, _) -> authorKey(row))
                .optional();
    }

    private AuthorKey authorKey(ResultSet row) throws SQLException {
        String keyId = row.getString("key_id");
        return new AuthorKey(
                keyId, new UserId(row.getString("author")), unwrapped(row, WrappedTable.TEXT_KEYS.place(keyId)));
    }

    private byte[] unwrapped(ResultSet row, String place) throws SQLException {
        return keys.unwrap(place, new WrappedKey(row.getString("wrapped_by"), row.getBytes("key")));
    }

    @Override
    public KeyChain current(ConversationId conversation, long day) {
        return find(conversation).orElseGet(() -> {
            WrappedKey wrapped = keys.wrap(place(conversation), RandomValues.bytes(KEY_BYTES));
            vault.jdbc()
                    .sql("INSERT INTO vault.conversation_keys (conversation, from_day, key, wrapped_by)"
                            + " VALUES (:conversation, :day, :key, :by) ON CONFLICT (conversation) DO NOTHING")
                    .param("conversation", conversation.value())
                    .param("day", day)
                    .param("key", wrapped.bytes())
                    .param("by", wrapped.by())
                    .update();
            return find(conversation).orElseThrow();
        });
    }

    @Override
    public Optional<KeyChain> find(ConversationId conversation) {
        return chain(conversation, "");
    }

    private Optional<KeyChain> chain(ConversationId conversation, String lock) {
        return vault.jdbc()
                .sql("SELECT from_day, key, wrapped_by FROM vault.conversation_keys WHERE conversation = :conversation"
                        + lock)
                .param("conversation", conversation.value())
                .query((row, _) -> new KeyChain(row.getLong("from_day"), unwrapped(row, place(conversation))))
                .optional();
    }

    private static String place(ConversationId conversation) {
        return WrappedTable.CONVERSATION_KEYS.place(conversation.value());
    }

    /** Destroys the keys, unless they are. */
    void destroy(Destruction destruction) {
        vault.whileDestroyingKeys(() -> {
            switch (destruction) {
                case OfAuthor(UserId author) -> destroy(author);
                case OfDays(ConversationId conversation, long before) -> destroyBefore(conversation, before);
            }
        });
    }

    private void destroy(UserId author) {
        int erased = vault.jdbc()
                .sql("INSERT INTO vault.erased_authors (author) VALUES (:author) ON CONFLICT (author) DO NOTHING")
                .param("author", author.value())
                .update();
        int destroyed = vault.jdbc()
                .sql("DELETE FROM vault.text_keys WHERE author = :author")
                .param("author", author.value())
                .update();
        if (erased + destroyed > 0) {
            DestructionTable.record(vault.jdbc(), new OfAuthor(author));
        }
    }

    private void destroyBefore(ConversationId conversation, long day) {
        KeyChain chain = chain(conversation, " FOR UPDATE").orElse(null);
        if (chain == null || chain.firstDay() >= day) {
            return;
        }
        WrappedKey wrapped = keys.wrap(place(conversation), chain.key(day).orElseThrow());
        vault.jdbc()
                .sql("UPDATE vault.conversation_keys SET from_day = :day, key = :key, wrapped_by = :by"
                        + " WHERE conversation = :conversation")
                .param("day", day)
                .param("key", wrapped.bytes())
                .param("by", wrapped.by())
                .param("conversation", conversation.value())
                .update();
        DestructionTable.record(vault.jdbc(), new OfDays(conversation, day));
    }
}
