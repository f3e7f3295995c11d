package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.identity.login.KnownLoginSources.Known;
import chat.parley.testing.HttpAnswer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Guesses lock no user out of an account. The test acts as a proxy, so that it can use many addresses. */
@TestPropertySource(
        properties = {"parley.http.trusted-proxies=127.0.0.0/8,::1", "parley.limits.rest.failed-logins-per-address=100"
        })
class AttackedLoginsTest extends ServerTest {
    private static final String HOME = "203.0.113.1";
    private static final String OFFICE = "203.0.113.2";
    private static final String ELSEWHERE = "203.0.113.3";

    @Autowired
    KeyedHash hash;

    @Test
    void fromManyAddressesDoNotLockTheOwnerOut() {
        String ann = signedUpFrom(HOME);
        logIn(ann, PASSWORD, "phone", HOME).is(200);
        int guesses = 0;
        while (logIn(ann, "guess", "phone-" + guesses, "198.51.100." + guesses).status() == 401) {
            guesses++;
        }
        assertThat(guesses).isEqualTo(60);

        logIn(ann, PASSWORD, "new-device", HOME).is(200);
        logIn(ann, PASSWORD, "phone", ELSEWHERE).is(200);
        logIn(ann, PASSWORD, "another-device", ELSEWHERE).is(200);

        HttpAnswer limited = logIn(ann, PASSWORD, "tablet", OFFICE).isRefused(Refusal.RATE_LIMITED);
        assertThat(limited.number("retryAfterMs")).isBetween(1L, 10_000L);
        assertThat(limited.response().headers().firstValue("Retry-After")).isPresent();
        clock.advance(Duration.ofMillis(limited.number("retryAfterMs")));
        logIn(ann, PASSWORD, "tablet", OFFICE).is(200);
    }

    @Test
    void fromTheOwnersAddressDoNotLockTheOwnerOut() {
        String ann = signedUpFrom(HOME);
        logIn(ann, PASSWORD, "phone", HOME).is(200);
        for (int guess = 0; guess < 100; guess++) {
            HttpAnswer answer = logIn(ann, "guess", "guesser", HOME);
            assertThat(answer.status()).isIn(401, 429);
        }
        logIn(ann, PASSWORD, "phone", HOME).is(200);
    }

    @Test
    void doNotLockOtherUsersOfTheAddressOut() {
        String ben = signedUpFrom(OFFICE);
        String cid = signedUpFrom(HOME);
        logIn(cid, PASSWORD, "phone", HOME).is(200);
        String dan = signedUpFrom(HOME);
        HttpAnswer guess = logIn(unique("nobody"), "guess", "guesser", OFFICE);
        for (int guesses = 1; guess.status() == 401; guesses++) {
            assertThat(guesses).isLessThanOrEqualTo(100);
            guess = logIn(unique("nobody"), "guess", "guesser", OFFICE);
        }
        guess.isRefused(Refusal.RATE_LIMITED);

        logIn(ben, PASSWORD, "new-device", OFFICE).is(200);
        logIn(cid, PASSWORD, "phone", OFFICE).is(200);
        HttpAnswer limited = logIn(dan, PASSWORD, "phone", OFFICE).isRefused(Refusal.RATE_LIMITED);
        assertThat(limited.number("retryAfterMs")).isBetween(1L, 6_000L);
        clock.advance(Duration.ofMillis(limited.number("retryAfterMs")));
        logIn(dan, PASSWORD, "phone", OFFICE).is(200);
    }

    @Test
    void useUpOnlyTheirOwnAttempts() {
        String ann = signedUpFrom(HOME);
        int guesses = 0;
        while (logIn(ann, "guess", "guesser", ELSEWHERE).status() == 401) {
            guesses++;
        }
        assertThat(guesses).isEqualTo(10);
        logIn(ann, PASSWORD, "tablet", OFFICE).is(200);
    }

    @Test
    void doNotLockTheOwnerOutAfterARestart() {
        LoggedInUser ann = somebody();
        UserId user = new UserId(ann.id());
        KnownLoginSources restarted = new KnownLoginSources(vault, hash, clock);
        assertThat(restarted.of(Optional.of(user), new DeviceId("device"), "127.0.0.1"))
                .isEqualTo(new Known(true, true));
        assertThat(restarted.of(Optional.of(user), new DeviceId("other"), "127.0.0.2"))
                .isEqualTo(new Known(false, false));
        assertThat(restarted.of(Optional.empty(), new DeviceId("device"), "127.0.0.1"))
                .isEqualTo(new Known(false, false));

        delete(ann.accessToken(), "/users/me/devices/device").is(204);
        assertThat(restarted.of(Optional.of(user), new DeviceId("device"), "127.0.0.1"))
                .isEqualTo(new Known(false, true));
    }

    @Test
    void areDistinguishedByABoundedNumberOfSourcesForALimitedTime() {
        UserId user = new UserId(somebody().id());
        KnownLoginSources sources = new KnownLoginSources(vault, hash, clock);
        for (int device = 0; device <= KnownLoginSources.MAX_PER_ACCOUNT; device++) {
            clock.advance(Duration.ofSeconds(1));
            sources.remember(user, new DeviceId("d" + device), "127.0.0.1");
        }
        assertThat(vault.sql("select count(*) from vault.known_sources where user_id = ?")
                        .param(user.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(KnownLoginSources.MAX_PER_ACCOUNT);
        assertThat(sources.of(Optional.of(user), new DeviceId("d100"), "127.0.0.1")
                        .device())
                .isTrue();
        clock.advance(Duration.ofDays(180));
        assertThat(sources.of(Optional.of(user), new DeviceId("d100"), "127.0.0.1")
                        .device())
                .isFalse();
    }

    private String signedUpFrom(String address) {
        String username = unique("user");
        HttpAnswer.to(request(null, "/accounts")
                        .header("X-Forwarded-For", address)
                        .POST(HttpAnswer.json(new NewAccount(username, PASSWORD, "Somebody"))))
                .is(201);
        return username;
    }

    private HttpAnswer logIn(String username, String password, String device, String address) {
        return HttpAnswer.to(request(null, "/sessions")
                .header("X-Forwarded-For", address)
                .POST(HttpAnswer.json(new Login(username, password, device))));
    }
}
