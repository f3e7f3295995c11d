package chat.parley.web.limit;

import chat.parley.web.problem.RateLimited;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;

/** The buckets of this node, one per kind of limit and whom it limits. */
public final class RateLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** A few hundred bytes each; whoever is forgotten starts with a full bucket. */
    private static final int MAX_BUCKETS = 200_000;

    private final boolean enabled;
    private final RestLimits limits;
    private final AccountLimits accountLimits;
    private final Buckets newBuckets;
    private final Cache<Key, Bucket> buckets;

    RateLimiter(Limits limits, Clock clock) {
        this.enabled = limits.enabled();
        this.limits = limits.rest();
        this.accountLimits = limits.accounts();
        this.newBuckets = new Buckets(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(HOUR)
                .build();
    }

    public void requestOfUser(String user) {
        take(Kind.USER, user);
    }

    public void requestFrom(String address) {
        take(Kind.ADDRESS, address);
    }

    public void signUpFrom(String address) {
        take(Kind.SIGN_UP, address);
    }

    public void contactRequestOf(String user) {
        take(Kind.CONTACT_REQUEST, user);
    }

    /** Counts as wrong until {@link #passwordRight} says otherwise. */
    public void passwordAsked(String user) {
        take(Kind.PASSWORD, user);
    }

    public void passwordRight(String user) {
        if (enabled) {
            bucket(new Key(Kind.PASSWORD, user)).addTokens(1);
        }
    }

    public void resetFrom(String address) {
        take(Kind.RESET, address);
    }

    public void usernameChangeOf(String user) {
        take(Kind.USERNAME, user);
    }

    public void mailTo(String user) {
        take(Kind.MAIL, user);
    }

    /** As {@link #mailTo}, where nobody is to learn the answer. */
    public boolean mayMail(String user) {
        return !enabled || bucket(new Key(Kind.MAIL, user)).tryConsume(1);
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
            case USER -> newBuckets.of(limits.requestsPerMinutePerUser(), MINUTE);
            case ADDRESS -> newBuckets.of(limits.requestsPerMinutePerAddress(), MINUTE);
            case SIGN_UP -> newBuckets.of(limits.signUpsPerMinutePerAddress(), MINUTE);
            case CONTACT_REQUEST -> newBuckets.of(limits.contactRequestsPerHourPerUser(), HOUR);
            case PASSWORD -> newBuckets.of(accountLimits.wrongPasswordsPerHourPerUser(), HOUR);
            case RESET -> newBuckets.of(accountLimits.resetsPerHourPerAddress(), HOUR);
            case USERNAME -> newBuckets.of(accountLimits.usernameChangesPerHourPerUser(), HOUR);
            case MAIL -> newBuckets.of(accountLimits.mailsPerHourPerUser(), HOUR);
        };
    }

    private enum Kind {
        USER,
        ADDRESS,
        SIGN_UP,
        CONTACT_REQUEST,
        PASSWORD,
        RESET,
        USERNAME,
        MAIL
    }

    private record Key(Kind kind, String whom) {}
}
