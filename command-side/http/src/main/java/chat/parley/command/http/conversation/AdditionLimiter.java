package chat.parley.command.http.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.web.limit.Limits;
import chat.parley.web.problem.RateLimited;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Collection;

/**
 * Counts additions of users to groups. It is separate from the limit on requests, because one request can add many
 * members.
 */
final class AdditionLimiter {
    private static final Duration HOUR = Duration.ofHours(1);

    /** An entry takes a few hundred bytes. An evicted bucket starts full again. */
    private static final int MAX_BUCKETS = 200_000;

    private final boolean enabled;
    private final Cache<Object, Bucket> pairs;
    private final Cache<Object, Bucket> members;
    private final AdditionLimits limits;

    AdditionLimiter(Limits limits, AdditionLimits additions) {
        this.enabled = limits.enabled();
        this.limits = additions;
        this.pairs = buckets();
        this.members = buckets();
    }

    private static Cache<Object, Bucket> buckets() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(HOUR)
                .build();
    }

    private record Pair(UserId by, UserId user) {}

    private record Place(ConversationId group, UserId user) {}

    /** A user starts a group with these other users. */
    void starts(UserId by, Collection<UserId> others) {
        others.forEach(user -> take(pairs, new Pair(by, user), limits.perHourAndPair()));
    }

    /** A user adds another user to a group. */
    void adds(UserId by, ConversationId group, UserId user) {
        take(pairs, new Pair(by, user), limits.perHourAndPair());
        joins(group, user);
    }

    /** A user becomes a member of a group, by joining or by being added. */
    void joins(ConversationId group, UserId user) {
        take(members, new Place(group, user), limits.perHourAndMember());
    }

    private void take(Cache<Object, Bucket> buckets, Object key, int perHour) {
        if (!enabled) {
            return;
        }
        ConsumptionProbe probe = buckets.get(key, _ -> bucket(perHour)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RateLimited(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private static Bucket bucket(int perHour) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perHour).refillGreedy(perHour, HOUR))
                .build();
    }
}
