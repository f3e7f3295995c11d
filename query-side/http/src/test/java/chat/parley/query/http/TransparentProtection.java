package chat.parley.query.http;

import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.util.Optional;

/** Seals so that a test can see what is sealed, and holds everybody to the right context. */
final class TransparentProtection implements TextProtection {
    private static final String ERASED = "erased";

    static Sealed erased(String context) {
        return new Sealed(ERASED, context, "");
    }

    @Override
    public Sealed seal(UserId author, String text, String context) {
        return new Sealed("key-of-" + author, context, text);
    }

    @Override
    public Optional<String> reveal(Sealed sealed, String context) {
        if (!sealed.nonce().equals(context)) {
            throw new IllegalStateException("bound to another context");
        }
        return sealed.keyId().equals(ERASED) ? Optional.empty() : Optional.of(sealed.ciphertext());
    }
}
