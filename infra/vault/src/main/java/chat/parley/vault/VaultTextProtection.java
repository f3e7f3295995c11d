package chat.parley.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.RandomValues;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.vault.VaultTables.TextKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with keys of the vault. Keys are cached for a few minutes after their last read. */
public final class VaultTextProtection implements TextProtection {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int KEY_ID_BYTES = 12;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Looked up once, because searching all providers for the cipher takes longer than encrypting a message. */
    private static final Provider PROVIDER = provider();

    private record NamedKey(String keyId, SecretKey key) {}

    private final VaultTables tables;
    private final Cache<String, NamedKey> currentKeys;

    /** Empty for a destroyed key, because messages of an erased author are read as often as others. */
    private final Cache<String, Optional<SecretKey>> keys;

    public VaultTextProtection(VaultTables tables, int cachedKeys, Duration expireAfter) {
        this.tables = tables;
        this.currentKeys = Caffeine.newBuilder()
                .maximumSize(cachedKeys)
                .expireAfterWrite(expireAfter)
                .build();
        this.keys = Caffeine.newBuilder()
                .maximumSize(cachedKeys)
                .expireAfterWrite(expireAfter)
                .build();
    }

    @Override
    public SealedText seal(UserId author, String text, TextContext context) {
        NamedKey key = currentKey(author);
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
        return key(sealed.keyId()).map(key -> reveal(key, sealed, context));
    }

    private static String reveal(SecretKey key, SealedText sealed, TextContext context) {
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] nonce = base64.decode(sealed.nonce());
            byte[] ciphertext = base64.decode(sealed.ciphertext());
            return new String(cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(ciphertext), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("A sealed text was altered or moved from another context", e);
        }
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

    private NamedKey currentKey(UserId author) {
        NamedKey known = currentKeys.getIfPresent(author.value());
        if (known != null) {
            return known;
        }
        TextKey stored = tables.currentTextKey(author.value(), VaultTextProtection::newKey);
        NamedKey key = new NamedKey(stored.keyId(), secretKey(stored.key()));
        currentKeys.put(author.value(), key);
        keys.put(key.keyId(), Optional.of(key.key()));
        return key;
    }

    private static TextKey newKey() {
        return new TextKey(RandomValues.text(KEY_ID_BYTES), RandomValues.bytes(KEY_BYTES));
    }

    private Optional<SecretKey> key(String keyId) {
        Optional<SecretKey> known = keys.getIfPresent(keyId);
        if (known == null) {
            known = tables.textKey(keyId).map(VaultTextProtection::secretKey);
            keys.put(keyId, known);
        }
        return known;
    }

    private static SecretKey secretKey(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }
}
