package chat.parley.projections;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Does not encrypt, but checks contexts and supports destroyed keys. */
final class PlainText implements TextProtection {
    private final Set<String> erased = ConcurrentHashMap.newKeySet();

    @Override
    public SealedText seal(UserId author, String text, String context) {
        return new SealedText(author.value(), context, text);
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        if (!sealed.nonce().equals(context)) {
            throw new IllegalStateException("Bound to another context");
        }
        return erased.contains(sealed.keyId()) ? Optional.empty() : Optional.of(sealed.ciphertext());
    }

    void erase(UserId author) {
        erased.add(author.value());
    }
}
