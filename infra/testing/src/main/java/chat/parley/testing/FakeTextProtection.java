package chat.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encodes texts instead of encrypting them. As with the real protection, a sealed text does not show its plain text, two
 * seals of one text differ, a text is bound to its context, and a text whose author's key was erased is gone.
 */
public final class FakeTextProtection implements TextProtection {
    /** SealedText, this text cannot be revealed. */
    public static final String DAMAGED = "damaged";

    private static final String ERASED = "erased";

    private final AtomicLong seals = new AtomicLong();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch held = new CountDownLatch(0);

    /** A sealed text whose key was erased, for every instance of this class. */
    public static SealedText erased(String context) {
        return new FakeTextProtection().seal(new UserId(ERASED), "", context);
    }

    /** @return the key's name is the author's id */
    @Override
    public SealedText seal(UserId author, String text, String context) {
        String nonce = seals.incrementAndGet() + "/" + context;
        return new SealedText(
                author.value(),
                Base64.getEncoder().encodeToString(nonce.getBytes(UTF_8)),
                Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String nonce = decoded(sealed.nonce());
        String text = decoded(sealed.ciphertext());
        if (!nonce.substring(nonce.indexOf('/') + 1).equals(context) || text.equals(DAMAGED)) {
            throw new IllegalStateException("Altered, or bound to another context");
        }
        boolean gone = sealed.keyId().equals(ERASED) || erased.contains(sealed.keyId());
        return gone ? Optional.empty() : Optional.of(text);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }

    /** From now on, nothing is revealed before the returned latch is counted down. */
    public CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        held = latch;
        return latch;
    }

    /** Erases the author's key. */
    public void erase(UserId author) {
        erased.add(author.value());
    }
}
