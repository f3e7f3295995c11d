package chat.parley.vault.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.RandomValues;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.vault.text.TextKeyCache.Name;
import chat.parley.vault.text.TextKeyCache.OpeningKey;
import chat.parley.vault.text.TextKeyCache.Place;
import chat.parley.vault.text.TextKeyCache.SealingKey;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with keys of the vault. A text of a conversation is sealed under a key that is derived from its author's
 * key and the conversation's key of the day; the name of that key is {@code author key.day}, with the day counted from
 * 1970-01-01. Other texts, and those sealed before conversations had keys, are sealed under the author's key.
 */
public final class VaultTextProtection implements TextProtection {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final byte[] DERIVED = "parley/text of a day".getBytes(US_ASCII);

    /** Looked up once, because searching all providers for the cipher takes longer than encrypting a message. */
    private static final Provider PROVIDER = provider();

    private final TextKeyStore store;
    private final TextKeyCache cache;
    private final Clock clock;

    public VaultTextProtection(TextKeyStore store, TextKeyCache cache, Clock clock) {
        this.store = store;
        this.cache = cache;
        this.clock = clock;
    }

    @Override
    public SealedText seal(UserId author, String text, TextContext context) {
        SealingKey key = sealingKey(author, context.conversation());
        byte[] nonce = RandomValues.bytes(NONCE_BYTES);
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, key.key(), nonce, context).doFinal(text.getBytes(UTF_8));
            Base64.Encoder base64 = Base64.getEncoder();
            return new SealedText(key.keyId(), base64.encodeToString(nonce), base64.encodeToString(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing a text failed", e);
        }
    }

    @Override
    public Optional<String> reveal(SealedText sealed, TextContext context) {
        return openingKey(sealed.keyId(), context.conversation()).map(key -> reveal(key.key(), sealed, context));
    }

    @Override
    public Optional<UserId> author(SealedText sealed) {
        String keyId = sealed.keyId();
        int dot = keyId.indexOf('.');
        return openingKey(dot < 0 ? keyId : keyId.substring(0, dot), null).map(OpeningKey::author);
    }

    private static String reveal(SecretKey key, SealedText sealed, TextContext context) {
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] nonce = base64.decode(sealed.nonce());
            byte[] ciphertext = base64.decode(sealed.ciphertext());
            return new String(cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(ciphertext), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw altered(e);
        }
    }

    private static IllegalStateException altered(@Nullable Exception cause) {
        return new IllegalStateException("A sealed text was altered or moved from another context", cause);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, TextContext context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER, PROVIDER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.binding().getBytes(UTF_8));
        return cipher;
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(CIPHER).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + CIPHER, e);
        }
    }

    private SealingKey sealingKey(UserId author, @Nullable ConversationId conversation) {
        long today = Math.floorDiv(clock.millis(), DAY_MILLIS);
        return cache.sealing(new Place(author, conversation), today, () -> readSealingKey(author, conversation, today));
    }

    private SealingKey readSealingKey(UserId author, @Nullable ConversationId conversation, long today) {
        if (conversation == null) {
            AuthorKey key = store.current(author);
            return new SealingKey(key.keyId(), TextKeyCache.NO_DAY, secretKey(key.key()));
        }
        SealingKey authorKey = sealingKey(author, null);
        KeyChain chain = cache.chain(conversation, () -> Optional.of(store.current(conversation, today)))
                .orElseThrow();
        // A clock that was put back does not bring back destroyed keys.
        long day = Math.max(today, chain.firstDay());
        byte[] dayKey = chain.key(day).orElseThrow();
        return new SealingKey(authorKey.keyId() + "." + day, day, derived(authorKey.key(), dayKey));
    }

    private Optional<OpeningKey> openingKey(String keyId, @Nullable ConversationId conversation) {
        return cache.opening(new Name(keyId, conversation), () -> readOpeningKey(keyId, conversation));
    }

    private Optional<OpeningKey> readOpeningKey(String keyId, @Nullable ConversationId conversation) {
        int dot = keyId.indexOf('.');
        if (dot < 0) {
            return store.find(keyId)
                    .map(key -> new OpeningKey(key.author(), TextKeyCache.NO_DAY, secretKey(key.key())));
        }
        if (conversation == null) {
            throw altered(null);
        }
        long day = dayOf(keyId, dot);
        return openingKey(keyId.substring(0, dot), null)
                .flatMap(authorKey -> dayKey(conversation, day)
                        .map(dayKey -> new OpeningKey(authorKey.author(), day, derived(authorKey.key(), dayKey))));
    }

    private static long dayOf(String keyId, int dot) {
        try {
            return Long.parseLong(keyId, dot + 1, keyId.length(), 10);
        } catch (NumberFormatException e) {
            throw altered(e);
        }
    }

    private Optional<byte[]> dayKey(ConversationId conversation, long day) {
        return cache.chain(conversation, () -> store.find(conversation)).flatMap(chain -> chain.key(day));
    }

    /** HMAC-SHA256 under the author's key, of the day's key and a label. */
    private static SecretKey derived(SecretKey authorKey, byte[] dayKey) {
        Mac mac = Hmac.keyed(authorKey.getEncoded());
        mac.update(dayKey);
        return secretKey(mac.doFinal(DERIVED));
    }

    private static SecretKey secretKey(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }
}
