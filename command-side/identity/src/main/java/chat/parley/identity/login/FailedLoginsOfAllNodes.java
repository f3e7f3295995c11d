package chat.parley.identity.login;

import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.identity.password.PrioritySemaphore.Permits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts wrong passwords in the vault, so that trying them on several nodes gives no more attempts. A row has the time at
 * which its limit is unused again: each attempt moves it on by the time that one permit takes to come back. The subjects
 * are stored as keyed hashes. All times are PostgreSQL's.
 */
final class FailedLoginsOfAllNodes implements FailedLoginLimits {
    private final JdbcClient vault;
    private final KeyedHash hash;

    FailedLoginsOfAllNodes(JdbcClient vault, KeyedHash hash) {
        this.vault = vault;
        this.hash = hash;
    }

    @Override
    public Permits of(String subject, int perWindow, Duration window) {
        return new StoredPermits(
                hash.of(Purpose.LOGIN_SOURCE, subject), seconds(window.dividedBy(perWindow)), seconds(window));
    }

    private static double seconds(Duration duration) {
        return (double) duration.toNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    /** Deletes the limits that are unused again. */
    void deleteUnused() {
        vault.sql("delete from vault.failed_logins where unused_at <= clock_timestamp()")
                .update();
    }

    private final class StoredPermits implements Permits {
        private final String subject;
        private final double secondsPerPermit;
        private final double windowSeconds;

        StoredPermits(String subject, double secondsPerPermit, double windowSeconds) {
            this.subject = subject;
            this.secondsPerPermit = secondsPerPermit;
            this.windowSeconds = windowSeconds;
        }

        @Override
        public long nanosUntilAvailable() {
            double used = vault.sql("select extract(epoch from unused_at - clock_timestamp())"
                            + " from vault.failed_logins where subject = ?")
                    .param(subject)
                    .query(Double.class)
                    .optional()
                    .orElse(0.0);
            double wait = used + secondsPerPermit - windowSeconds;
            return wait <= 0 ? 0 : Math.round(wait * TimeUnit.SECONDS.toNanos(1));
        }

        @Override
        public void acquire() {
            vault.sql("insert into vault.failed_logins as failed (subject, unused_at)"
                            + " values (?, clock_timestamp() + make_interval(secs => ?))"
                            + " on conflict (subject) do update set unused_at ="
                            + " greatest(failed.unused_at, clock_timestamp()) + make_interval(secs => ?)")
                    .params(subject, secondsPerPermit, secondsPerPermit)
                    .update();
        }

        @Override
        public void release() {
            vault.sql("update vault.failed_logins set unused_at = unused_at - make_interval(secs => ?)"
                            + " where subject = ?")
                    .params(secondsPerPermit, subject)
                    .update();
        }
    }
}
