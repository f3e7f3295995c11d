package chat.parley.search.history.analyst;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Replaces texts by numbers, checks the context, and supports destroyed keys. */
final class Envelopes implements TextProtection {
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();

    @Override
    public SealedText seal(UserId author, String text, String context) {
        String number = UUID.randomUUID().toString();
        texts.put(number + context, text);
        return new SealedText(author.value(), "nonce", number);
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        String text = texts.get(sealed.ciphertext() + context);
        if (text == null) {
            throw new IllegalStateException("Bound to another context");
        }
        return erased.contains(sealed.keyId()) ? Optional.empty() : Optional.of(text);
    }

    void erase(UserId author) {
        erased.add(author.value());
    }
}
