package chat.parley.eventstore;

import chat.parley.api.RandomValues;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.vault.HmacKeyedHash;
import chat.parley.vault.text.AuthorKey;
import chat.parley.vault.text.KeyChain;
import chat.parley.vault.text.TextKeyCache;
import chat.parley.vault.text.TextKeyStore;
import chat.parley.vault.text.VaultTextProtection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Text protection and hashes as in production, with their keys in memory. */
public final class Vault {
    private static final int CACHED_KEYS = 100_000;
    private static final Duration FOR_GOOD = Duration.ofDays(1);

    private final TextProtection protection = create();
    private final HmacKeyedHash hashes = new HmacKeyedHash(_ -> RandomValues.bytes(32));

    private static TextProtection create() {
        TextKeyCache cache = new TextKeyCache(CACHED_KEYS, FOR_GOOD, FOR_GOOD, System::nanoTime);
        cache.heard(System.nanoTime());
        return new VaultTextProtection(new Keys(), cache, Clock.systemUTC());
    }

    private static final class Keys implements TextKeyStore {
        private final Map<UserId, AuthorKey> authors = new ConcurrentHashMap<>();
        private final Map<ConversationId, KeyChain> chains = new ConcurrentHashMap<>();

        /** The key's name is the author's id. */
        @Override
        public AuthorKey current(UserId author) {
            return authors.computeIfAbsent(author, _ -> new AuthorKey(author.value(), author, RandomValues.bytes(32)));
        }

        @Override
        public Optional<AuthorKey> find(String keyId) {
            return Optional.ofNullable(authors.get(new UserId(keyId)));
        }

        @Override
        public KeyChain current(ConversationId conversation, long day) {
            return chains.computeIfAbsent(conversation, _ -> new KeyChain(day, RandomValues.bytes(32)));
        }

        @Override
        public Optional<KeyChain> find(ConversationId conversation) {
            return Optional.ofNullable(chains.get(conversation));
        }
    }

    public TextProtection protection() {
        return protection;
    }

    public KeyedHash hashes() {
        return hashes;
    }
}
