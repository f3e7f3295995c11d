package chat.parley.vault.text;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.vault.text.Destruction.OfAuthor;
import chat.parley.vault.text.Destruction.OfDays;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Text keys in memory. They are used only while this node knows the newest destructions: after {@link #heard}, for a
 * bounded time.
 *
 * <p>Threading: a key that was read before a destruction is not kept after it. A reader notes the number of evictions
 * before it reads, and keeps the key under the read lock only if the number is the same; an eviction removes and
 * then counts under the write lock. Readers of kept keys take no lock.
 */
public final class TextKeyCache {
    /** The day of a key that does not depend on one. */
    static final long NO_DAY = Long.MAX_VALUE;

    /** Whose texts are sealed where. */
    record Place(UserId author, @Nullable ConversationId conversation) {}

    /** @param day the day that the key is for */
    record SealingKey(String keyId, long day, SecretKey key) {}

    /** The key's name in a sealed text, and where that text is. */
    record Name(String keyId, @Nullable ConversationId conversation) {}

    record OpeningKey(UserId author, long day, SecretKey key) {}

    private final Cache<Place, SealingKey> sealing;

    /** Empty for a destroyed key, because messages of an erased author are read as often as others. */
    private final Cache<Name, Optional<OpeningKey>> opening;

    private final Cache<ConversationId, KeyChain> chains;

    private final LongSupplier nanoTime;
    private final long trustNanos;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicLong evictions = new AtomicLong();
    private volatile long heardAt;
    private volatile boolean heard;

    /**
     * @param most        keys of each kind
     * @param expireAfter how long a key is kept
     * @param trust       how long keys are used after the newest destructions were heard of
     */
    public TextKeyCache(int most, Duration expireAfter, Duration trust, LongSupplier nanoTime) {
        this.sealing = cache(most, expireAfter);
        this.opening = cache(most, expireAfter);
        this.chains = cache(most, expireAfter);
        this.trustNanos = trust.toNanos();
        this.nanoTime = nanoTime;
    }

    private static <K, V> Cache<K, V> cache(int most, Duration expireAfter) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(expireAfter)
                .build();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** At this time, all destructions were evicted. */
    public void heard(long now) {
        heardAt = now;
        heard = true;
    }

    private boolean isCurrent() {
        return heard && nanoTime.getAsLong() - heardAt <= trustNanos;
    }

    /** The key that seals on this day or a later one. */
    SealingKey sealing(Place place, long day, Supplier<SealingKey> read) {
        SealingKey known = isCurrent() ? sealing.getIfPresent(place) : null;
        return known != null && known.day() >= day ? known : read(sealing, place, read);
    }

    Optional<OpeningKey> opening(Name name, Supplier<Optional<OpeningKey>> read) {
        Optional<OpeningKey> known = isCurrent() ? opening.getIfPresent(name) : null;
        return known != null ? known : read(opening, name, read);
    }

    /** Keeps only a chain that exists. */
    Optional<KeyChain> chain(ConversationId conversation, Supplier<Optional<KeyChain>> read) {
        KeyChain known = isCurrent() ? chains.getIfPresent(conversation) : null;
        if (known != null) {
            return Optional.of(known);
        }
        long before = evictions.get();
        Optional<KeyChain> chain = read.get();
        chain.ifPresent(found -> keep(chains, conversation, found, before));
        return chain;
    }

    private <K, V> V read(Cache<K, V> cache, K key, Supplier<V> read) {
        long before = evictions.get();
        V value = read.get();
        keep(cache, key, value, before);
        return value;
    }

    private <K, V> void keep(Cache<K, V> cache, K key, V value, long evictionsBefore) {
        lock.readLock().lock();
        try {
            if (evictions.get() == evictionsBefore) {
                cache.put(key, value);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Removes the destroyed keys. */
    void evict(Collection<Destruction> destructions) {
        Set<UserId> authors = new HashSet<>();
        Map<ConversationId, Long> firstDays = new HashMap<>();
        for (Destruction destruction : destructions) {
            switch (destruction) {
                case OfAuthor(UserId author) -> authors.add(author);
                case OfDays(ConversationId conversation, long before) ->
                    firstDays.merge(conversation, before, Math::max);
            }
        }
        evicting(() -> {
            sealing.asMap()
                    .entrySet()
                    .removeIf(entry -> authors.contains(entry.getKey().author())
                            || isBefore(entry.getValue().day(), entry.getKey().conversation(), firstDays));
            opening.asMap()
                    .entrySet()
                    .removeIf(entry -> entry.getValue()
                            .filter(key -> authors.contains(key.author())
                                    || isBefore(key.day(), entry.getKey().conversation(), firstDays))
                            .isPresent());
            chains.asMap().keySet().removeAll(firstDays.keySet());
        });
    }

    private static boolean isBefore(
            long day, @Nullable ConversationId conversation, Map<ConversationId, Long> firstDays) {
        Long first = conversation == null ? null : firstDays.get(conversation);
        return first != null && day < first;
    }

    /** Removes all keys. */
    void evictAll() {
        evicting(() -> {
            sealing.invalidateAll();
            opening.invalidateAll();
            chains.invalidateAll();
        });
    }

    private void evicting(Runnable removal) {
        lock.writeLock().lock();
        try {
            removal.run();
            // Not before: a reader that notes the new number must not find a key that is still to be removed.
            evictions.incrementAndGet();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
