package chat.parley.eventstore;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Cache of aggregates, bounded in number. Values are softly referenced, so that a few very large aggregates are evicted
 * when memory runs short, instead of an OutOfMemoryError.
 */
final class CaffeineAggregateCache implements Cache {
    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;
    private final Set<EntryListener> listeners = new CopyOnWriteArraySet<>();

    CaffeineAggregateCache(int maxAggregates) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(maxAggregates)
                .softValues()
                .evictionListener(this::evicted)
                .build();
    }

    private void evicted(@Nullable Object key, @Nullable Object value, RemovalCause cause) {
        if (key != null) {
            tell(listener -> listener.onEntryExpired(key));
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's interface leaves the type to the caller
    public <K, V> @Nullable V get(K key) {
        Object value = entries.getIfPresent(key);
        if (value != null) {
            tell(listener -> listener.onEntryRead(key, value));
        }
        return (V) value;
    }

    /** @param key null for an aggregate that was asked before its first event, which leaves nothing to keep */
    @Override
    public void put(@Nullable Object key, Object value) {
        if (key == null) {
            return;
        }
        if (entries.asMap().put(key, value) == null) {
            tell(listener -> listener.onEntryCreated(key, value));
        } else {
            tell(listener -> listener.onEntryUpdated(key, value));
        }
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        boolean added = entries.asMap().putIfAbsent(key, value) == null;
        if (added) {
            tell(listener -> listener.onEntryCreated(key, value));
        }
        return added;
    }

    @Override
    public boolean remove(@Nullable Object key) {
        boolean removed = key != null && entries.asMap().remove(key) != null;
        if (removed) {
            tell(listener -> listener.onEntryRemoved(key));
        }
        return removed;
    }

    @Override
    public void removeAll() {
        entries.asMap().keySet().forEach(this::remove);
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    @Override
    @SuppressWarnings("unchecked") // Axon's interface leaves the type to the caller
    public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        AtomicBoolean updated = new AtomicBoolean();
        Object value = entries.asMap().computeIfPresent(key, (ignored, old) -> {
            updated.set(true);
            return update.apply((V) old);
        });
        if (value != null) {
            tell(listener -> listener.onEntryUpdated(key, value));
        } else if (updated.get()) {
            tell(listener -> listener.onEntryRemoved(key));
        }
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(Consumer<EntryListener> what) {
        listeners.forEach(what);
    }
}
