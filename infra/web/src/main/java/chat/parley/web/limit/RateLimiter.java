package chat.parley.web.limit;

import chat.parley.web.problem.RateLimited;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;

/** Limits the rate of requests on this node. There is one token bucket for each kind of limit and each subject. */
public final class RateLimiter {
    /** Each takes a few hundred bytes. An evicted subject starts with a full bucket. */
    private static final int MAX_BUCKETS = 200_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Limits limits;
    private final TokenBuckets tokenBuckets;
    private final Cache<Key, Bucket> buckets;

    RateLimiter(Limits limits, Clock clock) {
        this.limits = limits;
        this.tokenBuckets = new TokenBuckets(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(HOUR)
                .build();
    }

    /**
     * Counts one request of this subject.
     *
     * @param subject a user id or a network address, as the kind of limit says
     * @throws RateLimited if the limit is reached
     */
    public void take(RateLimit limit, String subject) {
        if (!limits.enabled()) {
            return;
        }
        ConsumptionProbe probe = bucket(limit, subject).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RateLimited(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Counts one request of this subject, or returns false if the limit is reached. */
    public boolean tryTake(RateLimit limit, String subject) {
        return !limits.enabled() || bucket(limit, subject).tryConsume(1);
    }

    /** Takes back one request, for example after a correct password. */
    public void giveBack(RateLimit limit, String subject) {
        if (limits.enabled()) {
            bucket(limit, subject).addTokens(1);
        }
    }

    private Bucket bucket(RateLimit limit, String subject) {
        return buckets.get(new Key(limit, subject), this::newBucket);
    }

    private Bucket newBucket(Key key) {
        RestLimits rest = limits.rest();
        AccountLimits accounts = limits.accounts();
        return switch (key.limit()) {
            case USER_REQUEST -> tokenBuckets.of(rest.requestsPerMinutePerUser(), MINUTE);
            case ADDRESS_REQUEST -> tokenBuckets.of(rest.requestsPerMinutePerAddress(), MINUTE);
            case SIGN_UP -> tokenBuckets.of(rest.signUpsPerMinutePerAddress(), MINUTE);
            case CONTACT_REQUEST -> tokenBuckets.of(rest.contactRequestsPerHourPerUser(), HOUR);
            case PASSWORD_CHECK -> tokenBuckets.of(accounts.wrongPasswordsPerHourPerUser(), HOUR);
            case PASSWORD_RESET -> tokenBuckets.of(accounts.resetsPerHourPerAddress(), HOUR);
            case USERNAME_CHANGE -> tokenBuckets.of(accounts.usernameChangesPerHourPerUser(), HOUR);
            case MAIL -> tokenBuckets.of(accounts.mailsPerHourPerUser(), HOUR);
            case DATA_EXPORT -> tokenBuckets.of(accounts.dataExportsPerHourPerUser(), HOUR);
        };
    }

    private record Key(RateLimit limit, String subject) {}
}
