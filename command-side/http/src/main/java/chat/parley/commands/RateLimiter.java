package chat.parley.commands;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The buckets of this node, one per kind of limit and whom it limits. */
final class RateLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** A few hundred bytes each; whoever is forgotten starts with a full bucket. */
    private static final int MAX_BUCKETS = 200_000;

    private final boolean enabled;
    private final RestLimits limits;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets;

    RateLimiter(Limits limits, Clock clock) {
        this.enabled = limits.enabled();
        this.limits = limits.rest();
        this.time = new ClockTime(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(max(HOUR, this.limits.failedLoginWindow()))
                .build();
    }

    void requestOfUser(String user) {
        take(Kind.USER, user);
    }

    void requestFrom(String address) {
        take(Kind.ADDRESS, address);
    }

    void signUpFrom(String address) {
        take(Kind.SIGN_UP, address);
    }

    void contactRequestOf(String user) {
        take(Kind.CONTACT_REQUEST, user);
    }

    /** Counts as failed until {@link #loginSucceeded} says otherwise, so that guesses sent all at once count too. */
    void loginAttempt(String account, String address) {
        take(Kind.LOGIN_ADDRESS, address);
        take(Kind.LOGIN_ACCOUNT, account);
    }

    void loginSucceeded(String account, String address) {
        if (enabled) {
            bucket(new Key(Kind.LOGIN_ADDRESS, address)).addTokens(1);
            bucket(new Key(Kind.LOGIN_ACCOUNT, account)).addTokens(1);
        }
    }

    private void take(Kind kind, String whom) {
        if (!enabled) {
            return;
        }
        ConsumptionProbe probe = bucket(new Key(kind, whom)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RateLimited(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket(Key key) {
        return buckets.get(key, this::newBucket);
    }

    private Bucket newBucket(Key key) {
        return switch (key.kind()) {
            case USER -> bucket(limits.requestsPerMinutePerUser(), MINUTE);
            case ADDRESS -> bucket(limits.requestsPerMinutePerAddress(), MINUTE);
            case SIGN_UP -> bucket(limits.signUpsPerMinutePerAddress(), MINUTE);
            case CONTACT_REQUEST -> bucket(limits.contactRequestsPerHourPerUser(), HOUR);
            case LOGIN_ACCOUNT -> bucket(limits.failedLoginsPerAccount(), limits.failedLoginWindow());
            case LOGIN_ADDRESS -> bucket(limits.failedLoginsPerAddress(), limits.failedLoginWindow());
        };
    }

    private Bucket bucket(int capacity, Duration window) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, window))
                .withCustomTimePrecision(time)
                .build();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private enum Kind {
        USER,
        ADDRESS,
        SIGN_UP,
        CONTACT_REQUEST,
        LOGIN_ACCOUNT,
        LOGIN_ADDRESS
    }

    private record Key(Kind kind, String whom) {}

    private record ClockTime(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
