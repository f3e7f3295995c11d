package chat.parley.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.testing.MutableClock;
import chat.parley.web.address.RequestAddresses;
import chat.parley.web.problem.RateLimited;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

public class RateLimiterTest {
    public static final ConnectionLimits CONNECTIONS =
            new ConnectionLimits(1, 1, Duration.ofSeconds(1), DataSize.ofBytes(1));

    private final MutableClock clock = new MutableClock();
    private final RateLimiter limiter = limiter(true);

    @Test
    void countsEachUserAndAddressSeparately() {
        limiter.take(RateLimit.USER_REQUEST, "alice");
        limiter.take(RateLimit.USER_REQUEST, "alice");
        assertThatThrownBy(() -> limiter.take(RateLimit.USER_REQUEST, "alice")).isInstanceOf(RateLimited.class);
        limiter.take(RateLimit.USER_REQUEST, "bob");
        limiter.take(RateLimit.ADDRESS_REQUEST, "alice");
    }

    @Test
    void answersTheTimeToWait() {
        limiter.take(RateLimit.USER_REQUEST, "alice");
        limiter.take(RateLimit.USER_REQUEST, "alice");
        assertThatThrownBy(() -> limiter.take(RateLimit.USER_REQUEST, "alice"))
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
        clock.advance(Duration.ofSeconds(30));
        limiter.take(RateLimit.USER_REQUEST, "alice");
    }

    @Test
    void canBeSwitchedOff() {
        RateLimiter off = limiter(false);
        assertThatCode(() -> {
                    for (int request = 0; request < 1000; request++) {
                        off.take(RateLimit.USER_REQUEST, "alice");
                        off.take(RateLimit.SIGN_UP, "here");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        assertThat(address("2001:db8:1:2::1")).isEqualTo(address("2001:db8:1:2:ffff::2"));
        assertThat(address("2001:db8:1:2::1")).isNotEqualTo(address("2001:db8:1:3::1"));
        assertThat(address("192.0.2.1")).isEqualTo("192.0.2.1");
    }

    private static String address(String remote) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(remote);
        return RequestAddresses.of(request);
    }

    private RateLimiter limiter(boolean enabled) {
        return new RateLimiter(
                new Limits(
                        enabled,
                        new RestLimits(2, 10, 10, 2, 2, 2, 3, Duration.ofMinutes(10), Duration.ZERO),
                        CONNECTIONS,
                        new AccountLimits(2, 2, 2, 2, 2)),
                clock);
    }
}
