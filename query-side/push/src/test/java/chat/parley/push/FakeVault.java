package chat.parley.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** Seals by doing nothing, and hashes without a secret. */
final class FakeVault implements TextProtection, KeyedHash {
    @Override
    public SealedText seal(UserId author, String text, String context) {
        return new SealedText("k", "n", text);
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        return Optional.of(sealed.ciphertext());
    }

    @Override
    public String of(Purpose purpose, String input) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((purpose + "/" + input).getBytes(UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
