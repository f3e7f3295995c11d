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
    /** Once sealed, this text cannot be revealed. */
    public static final String DAMAGED = "damaged";

    private static final String ERASED = "erased";

    private final boolean legible;
    private final AtomicLong seals = new AtomicLong();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch held = new CountDownLatch(0);

    public FakeTextProtection() {
        this(false);
    }

    private FakeTextProtection(boolean legible) {
        this.legible = legible;
    }

    /**
     * Leaves sealed texts as they are, so that a test can look for a text where it must not be, and so that sealing
     * changes no length. Two seals of one text are equal.
     */
    public static FakeTextProtection legible() {
        return new FakeTextProtection(true);
    }

    /** A sealed text whose key was erased, for every instance of this class that is as legible. */
    public SealedText erased(String context) {
        return seal(new UserId(ERASED), "", context);
    }

    /** @return the key's name is the author's id */
    @Override
    public SealedText seal(UserId author, String text, String context) {
        String nonce = legible ? context : encoded(seals.incrementAndGet() + "/" + context);
        return new SealedText(author.value(), nonce, legible ? text : encoded(text));
    }

    @Override
    public Optional<String> reveal(SealedText sealed, String context) {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String text = legible ? sealed.ciphertext() : decoded(sealed.ciphertext());
        if (!context(sealed).equals(context) || text.equals(DAMAGED)) {
            throw new IllegalStateException("Altered, or bound to another context");
        }
        boolean gone = sealed.keyId().equals(ERASED) || erased.contains(sealed.keyId());
        return gone ? Optional.empty() : Optional.of(text);
    }

    private String context(SealedText sealed) {
        if (legible) {
            return sealed.nonce();
        }
        String nonce = decoded(sealed.nonce());
        return nonce.substring(nonce.indexOf('/') + 1);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
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
