package chat.parley.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.Test;

class CachingAggregatesTest {
    private final Cache cache = new CaffeineAggregateCache(100);

    @Test
    void returnsTheStoredValue() {
        cache.put("a", "aggregate");
        assertThat(cache.<String, String>get("a")).isEqualTo("aggregate");
        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.putIfAbsent("a", "other")).isFalse();
        assertThat(cache.putIfAbsent("b", "other")).isTrue();
        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.remove("a")).isFalse();
        assertThat(cache.<String, String>get("a")).isNull();
        cache.<String>computeIfPresent("b", value -> value + "!");
        assertThat(cache.<String, String>get("b")).isEqualTo("other!");
        cache.removeAll();
        assertThat(cache.containsKey("b")).isFalse();
    }

    /** Axon offers it without its identifier, which comes with the first event. */
    @Test
    @SuppressWarnings("NullAway") // as Axon does
    void keepsNoAggregateWithoutEvents() {
        cache.put(null, "aggregate");

        assertThat(cache.remove(null)).isFalse();
    }

    @Test
    void isBounded() {
        IntStream.range(0, 1_000).forEach(i -> cache.put(i, "aggregate " + i));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        IntStream.range(0, 1_000).filter(cache::containsKey).count() <= 100);
    }

    @Test
    void notifiesItsListeners() {
        List<String> happened = new CopyOnWriteArrayList<>();
        Registration registration = cache.registerCacheEntryListener(new Cache.EntryListenerAdapter() {
            @Override
            public void onEntryCreated(Object key, Object value) {
                happened.add("created " + value);
            }

            @Override
            public void onEntryRead(Object key, Object value) {
                happened.add("read " + value);
            }

            @Override
            public void onEntryUpdated(Object key, Object value) {
                happened.add("updated " + value);
            }

            @Override
            public void onEntryRemoved(Object key) {
                happened.add("removed " + key);
            }
        });
        cache.put("a", 1);
        cache.put("a", 2);
        cache.<String, Integer>get("a");
        cache.remove("a");
        List<String> before = new ArrayList<>(happened);
        registration.cancel();
        cache.put("b", 1);
        assertThat(happened)
                .containsExactly("created 1", "updated 2", "read 2", "removed a")
                .isEqualTo(before);
    }
}
