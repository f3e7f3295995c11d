package chat.parley.push;

import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rates of all sockets of this node. */
final class RateLimits {
    /** A bucket nobody has touched for this long is full again, so forgetting it changes nothing. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final SocketLimits limits;
    private final boolean enabled;
    private final LoadingCache<UserId, Bucket> users;

    RateLimits(SocketLimits limits, boolean enabled) {
        this.limits = limits;
        this.enabled = enabled;
        this.users = Caffeine.newBuilder()
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build(_ -> bucket(limits.userMessagesPerSecond()));
    }

    OfSocket ofSocket() {
        return new OfSocket();
    }

    /** The rates of one socket. Each answers the milliseconds to wait; 0 is a yes. */
    final class OfSocket {
        private final Rate frames = new Rate(limits.framesPerSecond());
        private final Rate messages = new Rate(limits.messagesPerSecond());
        private final Rate errors = new Rate(limits.errorsPerSecond());

        long frame() {
            return frames.take();
        }

        long message(UserId user) {
            long wait = messages.take();
            return wait > 0 || !enabled ? wait : RateLimits.take(users.get(user));
        }

        long error() {
            return errors.take();
        }
    }

    /** Most sockets never need most of theirs, and a bucket takes some hundred bytes. */
    private final class Rate {
        private final int perSecond;
        private @Nullable Bucket bucket;

        Rate(int perSecond) {
            this.perSecond = perSecond;
        }

        synchronized long take() {
            if (!enabled) {
                return 0;
            }
            Bucket mine = bucket;
            if (mine == null) {
                mine = bucket(perSecond);
                bucket = mine;
            }
            return RateLimits.take(mine);
        }
    }

    private static long take(Bucket bucket) {
        long nanos = bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
        return nanos == 0 ? 0 : Math.max(1, Duration.ofNanos(nanos).toMillis());
    }

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity((long) perSecond * SocketLimits.BURST_SECONDS)
                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
