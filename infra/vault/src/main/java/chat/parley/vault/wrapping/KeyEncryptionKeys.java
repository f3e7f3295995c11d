package chat.parley.vault.wrapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.RandomValues;
import chat.parley.api.process.StartupFailure;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key encryption keys by name: one encrypts, all decrypt. AES-256-GCM; a wrapped key is bound to its place, which is
 * {@code table/row id}.
 */
public final class KeyEncryptionKeys {
    static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String source;
    private final String current;
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    /**
     * @param source where the keys are from, for the operator
     * @param keys   by name; the first one encrypts
     */
    KeyEncryptionKeys(String source, Map<String, byte[]> keys) {
        this.source = source;
        this.current = keys.keySet().iterator().next();
        keys.forEach((name, key) -> this.keys.put(name, new SecretKeySpec(key, "AES")));
    }

    /** One key that exists only in this object's memory. */
    public static KeyEncryptionKeys inMemory() {
        return new KeyEncryptionKeys("memory", Map.of("memory", RandomValues.bytes(KEY_BYTES)));
    }

    public String current() {
        return current;
    }

    boolean has(String name) {
        return keys.containsKey(name);
    }

    public WrappedKey wrap(String place, byte[] key) {
        byte[] nonce = RandomValues.bytes(NONCE_BYTES);
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, named(current), place, nonce).doFinal(key);
            byte[] bytes = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, bytes, NONCE_BYTES, ciphertext.length);
            return new WrappedKey(current, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encrypting the key " + place + " failed", e);
        }
    }

    /** @throws StartupFailure if the key encryption key is missing or another one, or the row was altered */
    public byte[] unwrap(String place, WrappedKey wrapped) {
        SecretKey key = named(wrapped.by());
        byte[] nonce = Arrays.copyOf(wrapped.bytes(), NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, place, nonce)
                    .doFinal(wrapped.bytes(), NONCE_BYTES, wrapped.bytes().length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StartupFailure(
                    "The key \"" + wrapped.by() + "\" in " + source + " does not decrypt the vault's row " + place,
                    "Bring back the key file that belongs to this vault; if it is the right one, the row was altered",
                    e);
        }
    }

    private SecretKey named(String name) {
        SecretKey key = keys.get(name);
        if (key == null) {
            throw new StartupFailure(
                    "The vault has rows that are encrypted with the key \"" + name + "\", which " + source + " lacks",
                    "Add the line of that key to the file, below the first line");
        }
        return key;
    }

    private static Cipher cipher(int mode, SecretKey key, String place, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(UTF_8));
        return cipher;
    }
}
