package chat.parley.identity.login;

import chat.parley.identity.password.PrioritySemaphore.Permits;
import chat.parley.web.limit.TokenBuckets;
import io.github.bucket4j.Bucket;
import java.time.Clock;
import java.time.Duration;

/** Counts wrong passwords in memory, for a node that is the only one. */
final class FailedLoginsOfThisNode implements FailedLoginLimits {
    private final TokenBuckets buckets;

    FailedLoginsOfThisNode(Clock clock) {
        this.buckets = new TokenBuckets(clock);
    }

    @Override
    public Permits of(String subject, int perWindow, Duration window) {
        return new BucketPermits(buckets.of(perWindow, window));
    }

    private record BucketPermits(Bucket bucket) implements Permits {
        @Override
        public long nanosUntilAvailable() {
            return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        }

        @Override
        public void acquire() {
            bucket.consumeIgnoringRateLimits(1);
        }

        @Override
        public void release() {
            bucket.addTokens(1);
        }
    }
}
