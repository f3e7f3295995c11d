package chat.parley.identity.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import chat.parley.api.account.DeviceId;
import chat.parley.identity.login.KnownLoginSources.Known;
import chat.parley.identity.login.LoginThrottle.Attempt;
import chat.parley.identity.password.PrioritySemaphore.Priority;
import chat.parley.testing.MutableClock;
import chat.parley.web.limit.AccountLimits;
import chat.parley.web.limit.ConnectionLimits;
import chat.parley.web.limit.Limits;
import chat.parley.web.limit.RestLimits;
import chat.parley.web.problem.RateLimited;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

class LoginThrottleTest {
    private static final Known NEW = new Known(false, false);
    private static final Known DEVICE = new Known(true, false);
    private static final Known ADDRESS = new Known(false, true);
    private static final Known BOTH = new Known(true, true);
    private static final int HOUR_SECONDS = 3600;

    private final MutableClock clock = new MutableClock();
    private final LoginThrottle throttle = throttle(true);

    static Stream<Arguments> guesses() {
        return Stream.of(
                Arguments.of("one address, one account", 10 + 60, from(_ -> attempt("ann", "d", "a", NEW))),
                Arguments.of("one address, ever new devices", 10 + 60, from(i -> attempt("ann", "d" + i, "a", NEW))),
                Arguments.of("ever new addresses", 60 + 360, from(i -> attempt("ann", "d" + i, "a" + i, NEW))),
                Arguments.of("one address, ever new accounts", 100 + 600, from(i -> attempt("ann" + i, "d", "a", NEW))),
                Arguments.of("where Ann is", 60 + 360, from(i -> attempt("ann", "d" + i, "a", ADDRESS))),
                Arguments.of("as Ann's device", 60 + 360, from(i -> attempt("ann", "d", "a" + i, DEVICE))));
    }

    private static IntFunction<Attempt> from(IntFunction<Attempt> attempts) {
        return attempts;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("guesses")
    void theGuessesOfAnAttackerAreLimitedPerHour(String attacker, int most, IntFunction<Attempt> attempts) {
        int guesses = 0;
        for (int second = 0; second < HOUR_SECONDS; second++) {
            if (guess(attempts.apply(second))) {
                guesses++;
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(guesses).isBetween(most - 2, most);
    }

    /**
     * For guesses from any source: Ann's login is not delayed from a known device, nor from a known address without
     * guesses.
     */
    @Property(tries = 50)
    void attemptsFromKnownSourcesAreNotDelayed(@ForAll long seed) {
        Random random = new Random(seed);
        List<Attempt> owners = List.of(
                attempt("ann", "phone", "train", DEVICE),
                attempt("ann", "phone", "home", BOTH),
                attempt("ann", "new", "office", ADDRESS));
        for (int step = 0; step < 1_000; step++) {
            if (random.nextInt(20) == 0) {
                Attempt owner = owners.get(random.nextInt(owners.size()));
                assertThat(throttle.begin(owner)).isEqualTo(Priority.FIRST);
                throttle.release(owner);
            } else {
                String account = random.nextBoolean() ? "ann" : "ann" + random.nextInt(200);
                String address =
                        List.of("home", "train", "a" + random.nextInt(300)).get(random.nextInt(3));
                Known known = account.equals("ann") && address.equals("home") ? ADDRESS : NEW;
                guess(attempt(account, "d" + random.nextInt(9), address, known));
            }
            clock.advance(Duration.ofMillis(random.nextInt(500)));
        }
    }

    @Test
    void aSuccessfulAttemptDoesNotCount() {
        for (int login = 0; login < 1_000; login++) {
            Attempt right = attempt("ann", "phone", "here", NEW);
            throttle.begin(right);
            throttle.release(right);
        }
    }

    @Test
    void attemptsWithTheFewestFailuresGoFirst() {
        Priority first = throttle.begin(attempt("ann", "d", "a", NEW));
        Priority again = throttle.begin(attempt("ann", "d", "a", NEW));
        assertThat(again).isGreaterThan(first);
        assertThat(throttle.begin(attempt("ben", "d", "a", NEW))).isGreaterThan(again);
        assertThat(throttle.begin(attempt("ann", "d", "b", NEW))).isEqualTo(first);
        assertThat(throttle.begin(attempt("ann", "d", "c", ADDRESS))).isLessThan(first);
    }

    @Test
    void successesGiveNoBetterRankThanANewSourceHas() {
        throttle.release(attempt("ann", "d", "a", NEW));
        assertThat(throttle.begin(attempt("ann", "d", "a", NEW))).isEqualTo(Priority.NEW);
    }

    @Test
    void canBeSwitchedOff() {
        LoginThrottle off = throttle(false);
        assertThatCode(() -> {
                    for (int attempt = 0; attempt < 1_000; attempt++) {
                        off.begin(attempt("ann", "d", "a", NEW));
                    }
                })
                .doesNotThrowAnyException();
    }

    /** Whether the password was compared. */
    private boolean guess(Attempt attempt) {
        try {
            throttle.begin(attempt);
            return true;
        } catch (RateLimited limited) {
            return false;
        }
    }

    private static Attempt attempt(String account, String device, String address, Known known) {
        return new Attempt(account, new DeviceId(device), address, known);
    }

    private LoginThrottle throttle(boolean enabled) {
        RestLimits limits = new RestLimits(1, 1, 1, 1, 60, 10, 100, Duration.ofMinutes(10), Duration.ZERO);
        return new LoginThrottle(
                new Limits(
                        enabled,
                        limits,
                        new ConnectionLimits(1, 1, Duration.ofSeconds(1), DataSize.ofBytes(1)),
                        new AccountLimits(2, 2, 2, 2, 2)),
                new FailedLoginsOfThisNode(clock));
    }
}
