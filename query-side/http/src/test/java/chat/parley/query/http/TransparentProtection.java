package chat.parley.query.http;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.util.Optional;

/** Seals so that a test can see what is sealed, and holds everybody to the right context. */
final class TransparentProtection implements TextProtection {
    private static final String ERASED = "erased";

    static SealedText erased(String context) {
        return new SealedText(ERASED, context, "");
    }

    @Override
    public SealedText seal(UserId author, String text, String context) {
        return new SealedText("key-of-" + author, context, text);
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        if (!sealed.nonce().equals(context)) {
            throw new IllegalStateException("bound to another context");
        }
        return sealed.keyId().equals(ERASED) ? Optional.empty() : Optional.of(sealed.ciphertext());
    }
}
