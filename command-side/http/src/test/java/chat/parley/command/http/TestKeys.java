package chat.parley.command.http;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.port.VaultSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Secrets that are none, for tests. */
final class TestKeys implements KeyedHash, VaultSecrets, TextProtection {
    private static final int HASH_BYTES = 24;

    @Override
    public byte[] secret(String name) {
        return digest(name);
    }

    @Override
    public String of(Purpose purpose, String input) {
        return base64(Arrays.copyOf(digest(purpose + "/" + input), HASH_BYTES));
    }

    @Override
    public SealedText seal(UserId author, String text, String context) {
        return new SealedText(author.value(), base64(digest(context)), base64(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        if (!sealed.nonce().equals(base64(digest(context)))) {
            throw new IllegalStateException("Bound to another context");
        }
        return Optional.of(new String(Base64.getUrlDecoder().decode(sealed.ciphertext()), StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
