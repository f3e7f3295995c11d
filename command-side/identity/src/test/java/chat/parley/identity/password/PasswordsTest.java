package chat.parley.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refused;
import chat.parley.identity.policy.AuthProperties;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.unit.DataSize;

class PasswordsTest {
    private static final BCryptPasswordEncoder BCRYPT = new BCryptPasswordEncoder(4);

    private final Passwords cheap = new Passwords(withIterations(1));
    private final Passwords dearer = new Passwords(withIterations(2));

    @Test
    void matchOnlyTheirOwnHash() {
        Optional<String> hash = Optional.of(cheap.hash("correct horse"));
        assertThat(cheap.match("correct horse", hash)).isTrue();
        assertThat(cheap.match("correct horsf", hash)).isFalse();
        assertThat(cheap.match("correct horse", Optional.empty())).isFalse();
    }

    @Test
    void areHashedAgainAfterTheCostIsRaised() {
        String hash = cheap.hash("correct horse");
        assertThat(hash).startsWith("{argon2}$argon2id$");
        assertThat(dearer.match("correct horse", Optional.of(hash))).isTrue();
        assertThat(dearer.renewed("correct horse", hash)).isPresent();
        assertThat(cheap.renewed("correct horse", hash)).isEmpty();
    }

    @Test
    void areComparedToTheirLastCharacter() {
        String longest = "a".repeat(1023);
        Optional<String> hash = Optional.of(cheap.hash(longest + "b"));
        assertThat(cheap.match(longest + "b", hash)).isTrue();
        assertThat(cheap.match(longest + "c", hash)).isFalse();
        assertThat(cheap.match(longest + "bc", hash)).isFalse();
        assertThat(cheap.match("a".repeat(100_000), hash)).isFalse();
    }

    @Test
    void withAnOldHashMatchAsTypedAndNotWithFurtherCharacters() {
        String typed = "x".repeat(72);
        String hash = "{bcrypt}" + BCRYPT.encode(typed);
        assertThat(cheap.match(typed, Optional.of(hash))).isTrue();
        assertThat(cheap.match(typed + "y", Optional.of(hash))).isFalse();

        String renewed = cheap.renewed(typed, hash).orElseThrow();
        assertThat(cheap.match(typed, Optional.of(renewed))).isTrue();
        assertThat(cheap.match(typed + "y", Optional.of(renewed))).isFalse();
    }

    @Test
    void withAnOldHashMatchAsTypedAndInTheNormalForm() {
        Optional<String> decomposed = Optional.of("{bcrypt}" + BCRYPT.encode("cafe\u0301 noir"));
        Optional<String> composed = Optional.of("{bcrypt}" + BCRYPT.encode("caf\u00e9 noir"));
        assertThat(cheap.match("cafe\u0301 noir", decomposed)).isTrue();
        assertThat(cheap.match("cafe\u0301 noir", composed)).isTrue();
        assertThat(cheap.match("caf\u00e9 noir", composed)).isTrue();
    }

    @Test
    void withoutANormalFormKeepTheirOldHash() {
        String hash = "{bcrypt}" + BCRYPT.encode("with\ta tab");
        assertThat(cheap.match("with\ta tab", Optional.of(hash))).isTrue();
        assertThat(cheap.renewed("with\ta tab", hash)).isEmpty();
    }

    @Test
    void haveEightTo1024CharactersInTheirNormalForm() {
        assertThatCode(() -> Passwords.check("\u1112\u1161\u11ab".repeat(1024))).doesNotThrowAnyException();
        assertThatCode(() -> Passwords.check("\ud83d\udd25".repeat(8))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Passwords.check("\ud83d\udd25".repeat(7))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Passwords.check("e\u0301".repeat(7))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Passwords.check("x".repeat(1025))).isInstanceOf(Refused.class);
    }

    private static AuthProperties withIterations(int iterations) {
        return new AuthProperties(
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofSeconds(30),
                DataSize.ofKilobytes(64),
                iterations,
                null,
                null,
                "roles");
    }
}
