package chat.parley.identity.password;

import chat.parley.api.RandomValues;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.text.OpaqueString;
import chat.parley.api.text.TextRules;
import chat.parley.identity.password.PrioritySemaphore.Priority;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.web.problem.RateLimited;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes and compares passwords in the form that {@link OpaqueString} gives them. New hashes use Argon2id. Older hashes
 * are bcrypt of the password as it was typed, and are replaced at the next login.
 */
public final class Passwords {
    /** In code points. */
    static final int MIN_LENGTH = 8;

    static final int MAX_LENGTH = 1024;

    /** Maximum length as typed. Unicode's decomposed form writes one character as up to four. */
    private static final int MAX_TYPED = 4 * MAX_LENGTH;

    /** bcrypt ignores further bytes, so older passwords have at most as many. */
    private static final int BCRYPT_BYTES = 72;

    private static final String ARGON2 = "argon2";
    private static final String BCRYPT = "bcrypt";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    /** Some seconds of work. With more waiters, each would wait so long that it is better to retry later. */
    private static final int MAX_WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PasswordEncoder encoder;
    private final String hashOfNobody;
    /**
     * Hashing takes much time and memory on purpose. At most half of the cores hash at the same time, so that messages
     * flow during many logins and the memory is bounded.
     */
    private final PrioritySemaphore cores =
            new PrioritySemaphore(new Cores(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)), MAX_WAITING);

    Passwords(AuthProperties properties) {
        int kibibytes = Math.toIntExact(properties.passwordMemory().toKilobytes());
        this.encoder = new DelegatingPasswordEncoder(
                ARGON2,
                Map.of(
                        ARGON2,
                        new Argon2PasswordEncoder(
                                SALT_BYTES, HASH_BYTES, LANES, kibibytes, properties.passwordIterations()),
                        BCRYPT,
                        new BCryptPasswordEncoder()));
        this.hashOfNobody = hash(RandomValues.text(HASH_BYTES));
    }

    /** @throws Refused {@link Refusal#PASSWORD_INVALID} */
    public static void check(String password) {
        if (normalised(password)
                .filter(normal -> normal.codePointCount(0, normal.length()) >= MIN_LENGTH)
                .isEmpty()) {
            throw new Refused(Refusal.PASSWORD_INVALID);
        }
    }

    /**
     * @throws Refused {@link Refusal#PASSWORD_INVALID} if it cannot be a password; {@link #check} checks its length
     */
    public String hash(String password) {
        return hash(password, Priority.NEW);
    }

    private String hash(String password, Priority priority) {
        String normal = normalised(password).orElseThrow(() -> new Refused(Refusal.PASSWORD_INVALID));
        return inTurn(priority, () -> {
            String hash = encoder.encode(normal);
            if (hash == null) {
                throw new IllegalStateException("A password was not hashed");
            }
            return hash;
        });
    }

    /**
     * Without a hash this takes the same time and is false, so that the time does not reveal which usernames exist.
     */
    public boolean match(String password, Optional<String> hash) {
        return match(password, hash, Priority.FIRST);
    }

    /** @throws RateLimited if too many comparisons with a better priority wait */
    public boolean match(String password, Optional<String> hash, Priority priority) {
        // Such a password cannot have been set, and half a surrogate pair cannot be encoded.
        if (TextRules.isLongerThan(MAX_TYPED, password)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            return false;
        }
        boolean equal = inTurn(priority, () -> matches(password, hash.orElse(hashOfNobody)));
        return equal && hash.isPresent();
    }

    /** A new hash of a password that matches this one; empty if the current hash is good enough. */
    public Optional<String> renewed(String password, String hash) {
        boolean outdated = encoder.upgradeEncoding(hash);
        // A password that was set by earlier rules and has no normal form keeps its hash.
        return outdated && normalised(password).isPresent()
                ? Optional.of(hash(password, Priority.FIRST))
                : Optional.empty();
    }

    private boolean matches(String password, String hash) {
        String normal = normalised(password).orElse(password);
        if (!hash.startsWith("{" + BCRYPT + "}")) {
            return encoder.matches(normal, hash);
        }
        return Stream.of(password, normal)
                .distinct()
                .filter(form -> form.getBytes(StandardCharsets.UTF_8).length <= BCRYPT_BYTES)
                .anyMatch(form -> encoder.matches(form, hash));
    }

    private static Optional<String> normalised(String password) {
        return TextRules.isLongerThan(MAX_TYPED, password)
                ? Optional.empty()
                : OpaqueString.of(password).filter(normal -> !TextRules.isLongerThan(MAX_LENGTH, normal));
    }

    private <T> T inTurn(Priority priority, Supplier<T> work) {
        cores.acquire(priority, PATIENCE);
        try {
            return work.get();
        } finally {
            cores.release();
        }
    }

    private static final class Cores implements PrioritySemaphore.Permits {
        private int free;

        Cores(int free) {
            this.free = free;
        }

        @Override
        public long nanosUntilAvailable() {
            return free > 0 ? 0 : UNTIL_RELEASED;
        }

        @Override
        public void acquire() {
            free--;
        }

        @Override
        public void release() {
            free++;
        }
    }
}
