package chat.parley.identity.login;

import chat.parley.api.account.DeviceId;
import chat.parley.identity.login.KnownLoginSources.Known;
import chat.parley.identity.password.PrioritySemaphore;
import chat.parley.identity.password.PrioritySemaphore.Priority;
import chat.parley.web.limit.Limits;
import chat.parley.web.limit.RestLimits;
import chat.parley.web.problem.RateLimited;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits the rate of wrong passwords by account and by source. An attempt over the rate waits, and is refused only if the
 * wait would be too long. Attempts from a source that the account was logged into from before have a limit of their own,
 * which attempts from other sources cannot exhaust. Of the other attempts that wait, those whose address has failed least
 * go first. Each attempt counts as wrong until it has succeeded, so that parallel guesses count too.
 */
final class LoginThrottle {
    /** Each takes a few hundred bytes. An evicted subject starts with an unused limit. */
    private static final int MAX_KEPT = 200_000;

    /** Attempts that wait for one limit at the same time. */
    private static final int MAX_WAITING = 16;

    private static final String TOO_OFTEN = "Wrong passwords have been tried too often; wait and try again";

    private final boolean enabled;
    private final RestLimits limits;
    private final FailedLoginLimits counts;
    private final Cache<LimitKey, PrioritySemaphore> semaphores;
    private final Cache<String, Integer> failures;

    LoginThrottle(Limits limits, FailedLoginLimits counts) {
        this.enabled = limits.enabled();
        this.limits = limits.rest();
        this.counts = counts;
        Duration window = this.limits.failedLoginWindow();
        this.semaphores = Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterAccess(window)
                .build();
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterWrite(window)
                .build();
    }

    /** The kinds of limits. */
    private enum Kind {
        /** One account from a device, an address or both that the account was logged into from before. */
        KNOWN,
        /** One address on all accounts that were not logged into from there before. */
        ADDRESS,
        /** One address on one account. */
        ACCOUNT_FROM_ADDRESS,
        /** All addresses on one account that was not logged into from there before. */
        ACCOUNT
    }

    private record LimitKey(Kind kind, String subject) {}

    /** @param account the claim of the username, which need not exist */
    record Attempt(String account, DeviceId device, String address, Known known) {
        private List<LimitKey> limitKeys() {
            if (known.either()) {
                String from = (known.device() ? device : "") + " " + (known.address() ? address : "");
                return List.of(new LimitKey(Kind.KNOWN, account + " " + from));
            }
            return List.of(
                    new LimitKey(Kind.ADDRESS, address),
                    new LimitKey(Kind.ACCOUNT_FROM_ADDRESS, accountThere()),
                    new LimitKey(Kind.ACCOUNT, account));
        }

        private String accountThere() {
            return address + " " + account;
        }

        private String deviceThere() {
            return accountThere() + " " + device;
        }
    }

    /**
     * @return the priority of the attempt in the queue for a password comparison
     * @throws RateLimited if the attempt would have to wait too long
     */
    Priority begin(Attempt attempt) {
        if (!enabled) {
            return Priority.FIRST;
        }
        Priority priority =
                new Priority(failed(attempt.address()), failed(attempt.accountThere()), failed(attempt.deviceThere()));
        long deadline = System.nanoTime() + limits.loginPatience().toNanos();
        List<PrioritySemaphore> acquired = new ArrayList<>();
        count(attempt, 1);
        try {
            for (LimitKey key : attempt.limitKeys()) {
                PrioritySemaphore semaphore = semaphore(key);
                semaphore.acquire(priority, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                acquired.add(semaphore);
            }
        } catch (RateLimited tooSoon) {
            acquired.forEach(PrioritySemaphore::release);
            count(attempt, -1);
            throw new RateLimited(tooSoon.retryAfter(), TOO_OFTEN);
        }
        return attempt.known().either() ? Priority.FIRST : priority;
    }

    /** Takes back an attempt that has succeeded, or whose password was not compared. */
    void release(Attempt attempt) {
        if (enabled) {
            attempt.limitKeys().forEach(key -> semaphore(key).release());
            count(attempt, -1);
        }
    }

    private int failed(String subject) {
        Integer failed = failures.getIfPresent(subject);
        return failed == null ? 0 : failed;
    }

    private void count(Attempt attempt, int change) {
        for (String subject : List.of(attempt.address(), attempt.accountThere(), attempt.deviceThere())) {
            // Never below zero, because the count may have been evicted meanwhile.
            failures.asMap().merge(subject, Math.max(0, change), (before, _) -> Math.max(0, before + change));
        }
    }

    private PrioritySemaphore semaphore(LimitKey key) {
        return semaphores.get(key, this::newSemaphore);
    }

    private PrioritySemaphore newSemaphore(LimitKey key) {
        int perWindow = switch (key.kind()) {
            case KNOWN, ACCOUNT -> limits.failedLoginsPerAccount();
            case ACCOUNT_FROM_ADDRESS -> limits.failedLoginsPerAccountAndAddress();
            case ADDRESS -> limits.failedLoginsPerAddress();
        };
        return new PrioritySemaphore(
                counts.of(key.kind() + " " + key.subject(), perWindow, limits.failedLoginWindow()), MAX_WAITING);
    }
}
