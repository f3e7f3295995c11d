package chat.parley.identity.login;

import chat.parley.api.account.DeviceId;
import chat.parley.identity.login.KnownSources.Known;
import chat.parley.identity.login.RankedWaitQueue.Rank;
import chat.parley.web.limit.Buckets;
import chat.parley.web.limit.Limits;
import chat.parley.web.limit.RestLimits;
import chat.parley.web.problem.RateLimited;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The pace of wrong passwords, by account and by where they come from. An attempt that comes too soon waits, and is refused
 * only where it would wait too long. What comes from where the account was logged into before has a pace of its own, which
 * nobody elsewhere can use up; of all others that wait, those go first whose addresses have failed least. Each attempt
 * counts as wrong until it has succeeded, so that guesses sent all at once count too.
 */
public final class LoginThrottle {
    /** A few hundred bytes each; whoever is forgotten starts anew. */
    private static final int MAX_KEPT = 200_000;

    /** Of those who wait for one turn. */
    private static final int SEATS = 16;

    private static final String TOO_OFTEN = "Wrong passwords have been tried too often; wait and try again";

    private final boolean enabled;
    private final RestLimits limits;
    private final Buckets buckets;
    private final Cache<Lane, RankedWaitQueue> lanes;
    private final Cache<String, Integer> failures;

    LoginThrottle(Limits limits, Clock clock) {
        this.enabled = limits.enabled();
        this.limits = limits.rest();
        this.buckets = new Buckets(clock);
        Duration window = this.limits.failedLoginWindow();
        this.lanes = Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterAccess(window)
                .build();
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterWrite(window)
                .build();
    }

    /** What has a pace together. */
    private enum Kind {
        /** Attempts on one account from a device or an address, or both, that it was logged into from before. */
        KNOWN,
        /** From anywhere else: what one address tries on whichever accounts, */
        ADDRESS,
        /** what one address tries on one account, */
        ACCOUNT_FROM_ADDRESS,
        /** and what all of them try on one account. */
        ACCOUNT
    }

    private record Lane(Kind kind, String whom) {}

    /** @param account a name that nobody has is one too */
    record Attempt(String account, DeviceId device, String address, Known known) {
        private List<Lane> lanes() {
            if (known.either()) {
                String from = (known.device() ? device : "") + " " + (known.address() ? address : "");
                return List.of(new Lane(Kind.KNOWN, account + " " + from));
            }
            return List.of(
                    new Lane(Kind.ADDRESS, address),
                    new Lane(Kind.ACCOUNT_FROM_ADDRESS, accountThere()),
                    new Lane(Kind.ACCOUNT, account));
        }

        private String accountThere() {
            return address + " " + account;
        }

        private String deviceThere() {
            return accountThere() + " " + device;
        }
    }

    /**
     * @return its rank among all who want to have a password checked
     * @throws RateLimited where it would have to wait too long
     */
    Rank begin(Attempt attempt) {
        if (!enabled) {
            return Rank.FIRST;
        }
        Rank rank = new Rank(failed(attempt.address()), failed(attempt.accountThere()), failed(attempt.deviceThere()));
        long deadline = System.nanoTime() + limits.loginPatience().toNanos();
        List<RankedWaitQueue> passed = new ArrayList<>();
        count(attempt, 1);
        try {
            for (Lane lane : attempt.lanes()) {
                RankedWaitQueue room = room(lane);
                room.pass(rank, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                passed.add(room);
            }
        } catch (RateLimited tooSoon) {
            passed.forEach(RankedWaitQueue::giveBack);
            count(attempt, -1);
            throw new RateLimited(tooSoon.retryAfter(), TOO_OFTEN);
        }
        return attempt.known().either() ? Rank.FIRST : rank;
    }

    /** It was no guess. */
    void forget(Attempt attempt) {
        if (enabled) {
            attempt.lanes().forEach(lane -> room(lane).giveBack());
            count(attempt, -1);
        }
    }

    private int failed(String whom) {
        Integer failed = failures.getIfPresent(whom);
        return failed == null ? 0 : failed;
    }

    private void count(Attempt attempt, int change) {
        for (String whom : List.of(attempt.address(), attempt.accountThere(), attempt.deviceThere())) {
            // Not below what somebody has of whom nothing is known: their count may have been forgotten meanwhile.
            failures.asMap().merge(whom, Math.max(0, change), (before, _) -> Math.max(0, before + change));
        }
    }

    private RankedWaitQueue room(Lane lane) {
        return lanes.get(lane, this::newRoom);
    }

    private RankedWaitQueue newRoom(Lane lane) {
        int perWindow = switch (lane.kind()) {
            case KNOWN, ACCOUNT -> limits.failedLoginsPerAccount();
            case ACCOUNT_FROM_ADDRESS -> limits.failedLoginsPerAccountAndAddress();
            case ADDRESS -> limits.failedLoginsPerAddress();
        };
        return new RankedWaitQueue(new Pace(buckets.of(perWindow, limits.failedLoginWindow())), SEATS);
    }

    private record Pace(Bucket bucket) implements RankedWaitQueue.Gate {
        @Override
        public long nanosLeft() {
            return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        }

        @Override
        public void pass() {
            bucket.consumeIgnoringRateLimits(1);
        }

        @Override
        public void giveBack() {
            bucket.addTokens(1);
        }
    }
}
