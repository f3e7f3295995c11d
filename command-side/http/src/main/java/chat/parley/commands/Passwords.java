package chat.parley.commands;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes and compares passwords. bcrypt, because its cost is CPU time alone: argon2's memory, tens of megabytes per
 * login, would be the chat's. Its limit of 72 bytes is ours. Hashes name their encoder, so another may follow.
 */
final class Passwords {
    private static final int MIN_BYTES = 8;
    private static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder;
    private final String hashOfNobody;
    /** Hashing is slow on purpose; at most half of the cores do it, so that messages flow while many log in. */
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Passwords(AuthProperties properties) {
        this.encoder = new DelegatingPasswordEncoder(
                "bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(properties.passwordCost())));
        this.hashOfNobody = hash(RandomIds.base64(MIN_BYTES));
    }

    /** @throws Refused {@link Refusal#PASSWORD_INVALID} */
    static void check(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < MIN_BYTES || bytes > MAX_BYTES || password.indexOf('\0') >= 0) {
            throw new Refused(Refusal.PASSWORD_INVALID);
        }
    }

    String hash(String password) {
        return inTurn(() -> {
            String hash = encoder.encode(password);
            if (hash == null) {
                throw new IllegalStateException("A password was not hashed");
            }
            return hash;
        });
    }

    /** Without a hash this takes as long and says no, so that nobody learns which usernames there are. */
    boolean match(String password, Optional<String> hash) {
        boolean equal = inTurn(() -> encoder.matches(password, hash.orElse(hashOfNobody)));
        return equal && hash.isPresent();
    }

    /** Whether the cost has been raised since. */
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> T inTurn(Supplier<T> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
