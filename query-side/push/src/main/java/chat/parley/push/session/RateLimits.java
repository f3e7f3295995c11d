package chat.parley.push.session;

import chat.parley.api.account.UserId;
import chat.parley.push.socket.SocketLimits;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rate limits of the sockets and users of this node. May be used by any thread. */
public final class RateLimits {
    /** An unused bucket is full again after this time, so removing it changes nothing. */
    private static final Duration REMOVED_AFTER = Duration.ofMinutes(1);

    private final SocketLimits limits;
    private final boolean enabled;
    private final LoadingCache<UserId, Bucket> users;

    public RateLimits(SocketLimits limits, boolean enabled) {
        this.limits = limits;
        this.enabled = enabled;
        this.users = Caffeine.newBuilder()
                .expireAfterAccess(REMOVED_AFTER)
                .build(_ -> bucket(limits.userMessagesPerSecond()));
    }

    OfSocket ofSocket() {
        return new OfSocket();
    }

    /** The rate limits of one socket. They delay its reading; no frame is refused because of them. */
    final class OfSocket {
        private final Rate frames = new Rate(limits.framesPerSecond());
        private final Rate messages = new Rate(limits.messagesPerSecond());
        private final Rate errors = new Rate(limits.errorsPerSecond());

        /** Counts a frame and answers how long the next frame has to wait. */
        Duration frame() {
            return frames.delay();
        }

        /** The same for a frame that stores an entry. */
        Duration message(UserId user) {
            Duration ofSocket = messages.delay();
            Duration ofUser = enabled ? RateLimits.delay(users.get(user)) : Duration.ZERO;
            return ofSocket.compareTo(ofUser) >= 0 ? ofSocket : ofUser;
        }

        /** Counts a frame that no correct client sends. True if there were too many. */
        boolean isAbusive() {
            return !errors.take();
        }
    }

    /**
     * A bucket that is created at its first use, because most sockets use few of theirs and each takes some hundred
     * bytes.
     */
    private final class Rate {
        private final int perSecond;
        private @Nullable Bucket bucket;

        Rate(int perSecond) {
            this.perSecond = perSecond;
        }

        Duration delay() {
            return enabled ? RateLimits.delay(bucket()) : Duration.ZERO;
        }

        boolean take() {
            return !enabled || bucket().tryConsume(1);
        }

        private synchronized Bucket bucket() {
            Bucket mine = bucket;
            if (mine == null) {
                mine = RateLimits.bucket(perSecond);
                bucket = mine;
            }
            return mine;
        }
    }

    private static Duration delay(Bucket bucket) {
        return Duration.ofNanos(bucket.consumeIgnoringRateLimits(1));
    }

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity((long) perSecond * SocketLimits.BURST_SECONDS)
                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
