package chat.parley.push.session;

import chat.parley.api.account.UserId;
import chat.parley.push.socket.SocketLimits;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rates of all sockets of this node. */
public final class RateLimits {
    /** A bucket nobody has touched for this long is full again, so forgetting it changes nothing. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final SocketLimits limits;
    private final boolean enabled;
    private final LoadingCache<UserId, Bucket> users;

    public RateLimits(SocketLimits limits, boolean enabled) {
        this.limits = limits;
        this.enabled = enabled;
        this.users = Caffeine.newBuilder()
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build(_ -> bucket(limits.userMessagesPerSecond()));
    }

    OfSocket ofSocket() {
        return new OfSocket();
    }

    /** The rates of one socket, which is read as fast as they allow and never refused anything for them. */
    final class OfSocket {
        private final Rate frames = new Rate(limits.framesPerSecond());
        private final Rate messages = new Rate(limits.messagesPerSecond());
        private final Rate errors = new Rate(limits.errorsPerSecond());

        /** A frame has come: how long the next has to wait for it. */
        Duration frame() {
            return frames.owe();
        }

        /** The same for one that makes an entry. */
        Duration message(UserId user) {
            Duration ofSocket = messages.owe();
            Duration ofUser = enabled ? RateLimits.owe(users.get(user)) : Duration.ZERO;
            return ofSocket.compareTo(ofUser) >= 0 ? ofSocket : ofUser;
        }

        /** Something has come that no client sends: whether that was once too often. */
        boolean isAbusive() {
            return !errors.take();
        }
    }

    /** Most sockets never need most of theirs, and a bucket takes some hundred bytes. */
    private final class Rate {
        private final int perSecond;
        private @Nullable Bucket bucket;

        Rate(int perSecond) {
            this.perSecond = perSecond;
        }

        Duration owe() {
            return enabled ? RateLimits.owe(bucket()) : Duration.ZERO;
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

    private static Duration owe(Bucket bucket) {
        return Duration.ofNanos(bucket.consumeIgnoringRateLimits(1));
    }

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity((long) perSecond * SocketLimits.BURST_SECONDS)
                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
