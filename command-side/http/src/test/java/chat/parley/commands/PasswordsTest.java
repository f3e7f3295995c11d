package chat.parley.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords cheap = new Passwords(withCost(4));
    private final Passwords dearer = new Passwords(withCost(5));

    @Test
    void matchOnlyTheirOwnHash() {
        Optional<String> hash = Optional.of(cheap.hash("correct horse"));
        assertThat(cheap.match("correct horse", hash)).isTrue();
        assertThat(cheap.match("correct horsf", hash)).isFalse();
        assertThat(cheap.match("correct horse", Optional.empty())).isFalse();
    }

    @Test
    void areHashedAnewOnceTheCostIsRaised() {
        String hash = cheap.hash("correct horse");
        assertThat(hash).startsWith("{bcrypt}");
        assertThat(dearer.match("correct horse", Optional.of(hash))).isTrue();
        assertThat(dearer.isOutdated(hash)).isTrue();
        assertThat(cheap.isOutdated(hash)).isFalse();
    }

    private static AuthProperties withCost(int cost) {
        return new AuthProperties(
                Duration.ofMinutes(15), Duration.ofDays(30), Duration.ofSeconds(30), cost, null, "roles");
    }
}
