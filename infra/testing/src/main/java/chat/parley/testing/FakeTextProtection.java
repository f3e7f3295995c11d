package chat.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextKeys;
import chat.parley.api.port.TextProtection;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Encodes texts instead of encrypting them. As with the real protection, a sealed text does not show its plain text, two
 * seals of one text differ, a text is bound to its context, and a text is gone once the key of its author or of its
 * conversation's day is destroyed.
 */
public final class FakeTextProtection implements TextProtection, TextKeys {
    /** Once sealed, this text cannot be revealed. */
    public static final String DAMAGED = "damaged";

    private static final String ERASED = "erased";

    private final boolean legible;
    private final AtomicLong seals = new AtomicLong();
    private final Set<String> destroyed = ConcurrentHashMap.newKeySet();
    private final Map<ConversationId, LocalDate> firstDays = new ConcurrentHashMap<>();
    private volatile LocalDate today = LocalDate.EPOCH;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch revealed = new CountDownLatch(0);

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
    public SealedText erased(TextContext context) {
        return seal(new UserId(ERASED), "", context);
    }

    /** Messages and edits are sealed on this day from now on; before, on 1970-01-01. */
    public void setToday(LocalDate day) {
        today = day;
    }

    /** @return the key's name is the author's id, for messages and edits followed by the day */
    @Override
    public SealedText seal(UserId author, String text, TextContext context) {
        if (destroyed.contains(author.value())) {
            throw new Refused(Refusal.USER_UNAVAILABLE);
        }
        String nonce = legible ? context.binding() : encoded(seals.incrementAndGet() + "/" + context.binding());
        return new SealedText(keyId(author, context.conversation()), nonce, legible ? text : encoded(text));
    }

    private String keyId(UserId author, @Nullable ConversationId conversation) {
        if (conversation == null) {
            return author.value();
        }
        LocalDate sealed = today;
        LocalDate first = firstDays.computeIfAbsent(conversation, _ -> sealed);
        return author + "." + later(first, sealed);
    }

    @Override
    public Optional<String> reveal(SealedText sealed, TextContext context) {
        await(held);
        Optional<String> text = revealed(sealed, context);
        waiting.incrementAndGet();
        await(revealed);
        waiting.decrementAndGet();
        return text;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> revealed(SealedText sealed, TextContext context) {
        String text = legible ? sealed.ciphertext() : decoded(sealed.ciphertext());
        if (!binding(sealed).equals(context.binding()) || text.equals(DAMAGED)) {
            throw new IllegalStateException("Altered, or bound to another context");
        }
        return isDestroyed(sealed.keyId(), context.conversation()) ? Optional.empty() : Optional.of(text);
    }

    @Override
    public Optional<UserId> author(SealedText sealed) {
        return Optional.of(authorOf(sealed.keyId()))
                .filter(author -> !isErased(author))
                .map(UserId::new);
    }

    private static String authorOf(String keyId) {
        int dot = keyId.indexOf('.');
        return dot < 0 ? keyId : keyId.substring(0, dot);
    }

    private boolean isErased(String author) {
        return author.equals(ERASED) || destroyed.contains(author);
    }

    private boolean isDestroyed(String keyId, @Nullable ConversationId conversation) {
        if (isErased(authorOf(keyId))) {
            return true;
        }
        int dot = keyId.indexOf('.');
        LocalDate first = dot < 0 || conversation == null ? null : firstDays.get(conversation);
        return first != null && LocalDate.parse(keyId.substring(dot + 1)).isBefore(first);
    }

    private String binding(SealedText sealed) {
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

    /** From now on, who reveals a text gets it only after the returned latch is counted down. */
    public CountDownLatch holdRevealed() {
        CountDownLatch latch = new CountDownLatch(1);
        revealed = latch;
        return latch;
    }

    /** Whether a revealed text is held back. */
    public boolean isHeld() {
        return revealed.getCount() > 0 && waiting.get() > 0;
    }

    @Override
    public void destroy(UserId author) {
        destroyed.add(author.value());
    }

    @Override
    public void destroyBefore(ConversationId conversation, LocalDate day) {
        firstDays.computeIfPresent(conversation, (_, first) -> later(first, day));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public List<OldestKey> keptBefore(LocalDate day, @Nullable ConversationId after, int most) {
        return firstDays.entrySet().stream()
                .map(first -> new OldestKey(first.getKey(), first.getValue()))
                .filter(oldest -> oldest.day().isBefore(day))
                .filter(oldest -> after == null || oldest.conversation().value().compareTo(after.value()) > 0)
                .sorted(Comparator.comparing(oldest -> oldest.conversation().value()))
                .limit(most)
                .toList();
    }
}
