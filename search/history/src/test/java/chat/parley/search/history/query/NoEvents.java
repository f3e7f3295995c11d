package chat.parley.search.history.query;

import chat.parley.api.port.EventFeed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A feed without events. */
final class NoEvents implements EventFeed {
    @Override
    public long head() {
        return -1;
    }

    @Override
    public Follower follow(long afterIndex) {
        return new Follower() {
            @Override
            public @Nullable Item next(Duration atMost) {
                return null;
            }

            @Override
            public boolean hasNext() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
