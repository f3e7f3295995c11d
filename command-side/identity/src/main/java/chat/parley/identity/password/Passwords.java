package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.text.OpaqueString;
import chat.parley.api.text.TextRules;
import chat.parley.identity.login.PrioritySemaphore;
import chat.parley.identity.login.PrioritySemaphore.Priority;
import chat.parley.identity.security.AuthProperties;
import chat.parley.identity.security.RandomIds;
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
 * Hashes and compares passwords, in the one form that {@link OpaqueString} gives them. New hashes are Argon2id. Those of
 * before are bcrypt's, of the password as it was typed, and give way at the next login.
 */
public final class Passwords {
    /** In code points. */
    static final int MIN_LENGTH = 8;

    static final int MAX_LENGTH = 1024;

    /** As typed; Unicode's decomposed form writes one character as up to four. */
    private static final int MAX_TYPED = 4 * MAX_LENGTH;

    /** bcrypt does not look behind these; an older password has no more of them. */
    private static final int BCRYPT_BYTES = 72;

    private static final String ARGON2 = "argon2";
    private static final String BCRYPT = "bcrypt";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    /** Some seconds of work; more would be told to come back later anyway. */
    private static final int MAX_WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PasswordEncoder encoder;
    private final String hashOfNobody;
    /**
     * Hashing is slow on purpose, and each takes its memory; at most half of the cores do it, so that messages flow while
     * many log in, and so many times the memory is all they take.
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
        this.hashOfNobody = hash(RandomIds.base64(HASH_BYTES));
    }

    /** @throws Refused {@link Refusal#PASSWORD_INVALID} */
    public static void check(String password) {
        if (normalised(password)
                .filter(normal -> normal.codePointCount(0, normal.length()) >= MIN_LENGTH)
                .isEmpty()) {
            throw new Refused(Refusal.PASSWORD_INVALID);
        }
    }

    /** @throws Refused {@link Refusal#PASSWORD_INVALID} if it cannot be anybody's; for how long it is, see {@link #check} */
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

    /** Without a hash this takes as long and says no, so that nobody learns which usernames there are. */
    public boolean match(String password, Optional<String> hash) {
        return match(password, hash, Priority.FIRST);
    }

    /** @throws RateLimited where too many of a better priority wait */
    public boolean match(String password, Optional<String> hash, Priority priority) {
        // Neither could have been set, and half a surrogate pair has no bytes to be hashed.
        if (TextRules.isLongerThan(MAX_TYPED, password)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            return false;
        }
        boolean equal = inTurn(priority, () -> matches(password, hash.orElse(hashOfNobody)));
        return equal && hash.isPresent();
    }

    /** The hash to keep from now on, of a password that matches this one; empty where it is as good as any. */
    public Optional<String> renewed(String password, String hash) {
        boolean outdated = encoder.upgradeEncoding(hash);
        // A password that was taken when other rules held, and has no normal form, stays as it was hashed.
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
