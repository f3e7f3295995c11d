package chat.parley.search.history.index;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Does not encrypt, but checks contexts and supports destroyed keys. */
final class PlainText implements TextProtection {
    /** Once sealed, this text cannot be revealed. */
    static final String DAMAGED = "damaged";

    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Set<String> erased = ConcurrentHashMap.newKeySet();

    @Override
    public SealedText seal(UserId author, String text, String context) {
        return new SealedText(author.value(), context, text);
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!sealed.nonce().equals(context) || sealed.ciphertext().equals(DAMAGED)) {
            throw new IllegalStateException("Bound to another context");
        }
        return erased.contains(sealed.keyId()) ? Optional.empty() : Optional.of(sealed.ciphertext());
    }

    /** Reveals nothing until the latch is counted down. */
    CountDownLatch waiting() {
        gate = new CountDownLatch(1);
        return gate;
    }

    void erase(UserId author) {
        erased.add(author.value());
    }
}
