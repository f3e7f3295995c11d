package chat.parley.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Real encryption with keys in memory: one key per author, bound to a context, and destroyable. */
final class AesTextProtection implements TextProtection {
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

    @Override
    public SealedText seal(UserId author, String text, String context) {
        SecretKey key = keys.computeIfAbsent(author.value(), id -> new SecretKeySpec(random(16), "AES"));
        byte[] nonce = random(NONCE_BYTES);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, text.getBytes(UTF_8), context);
        Base64.Encoder base64 = Base64.getEncoder();
        return new SealedText(author.value(), base64.encodeToString(nonce), base64.encodeToString(sealed));
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        Base64.Decoder base64 = Base64.getDecoder();
        return Optional.ofNullable(keys.get(sealed.keyId()))
                .map(key -> run(
                        Cipher.DECRYPT_MODE,
                        key,
                        base64.decode(sealed.nonce()),
                        base64.decode(sealed.ciphertext()),
                        context))
                .map(text -> new String(text, UTF_8));
    }

    void shred(UserId author) {
        keys.remove(author.value());
    }

    private byte[] random(int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return made;
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input, String context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This was altered or is bound to another context", e);
        }
    }
}
