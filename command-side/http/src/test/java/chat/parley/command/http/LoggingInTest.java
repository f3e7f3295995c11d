package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.testing.HttpAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingInTest extends ServerTest {
    /** As the account says. */
    private static final int MAX_LOGGED_IN = 100;

    @Test
    void answersTokensTheUserAndThePushNode() {
        String username = unique("user");
        HttpAnswer account = signUp(username, PASSWORD).is(201);
        HttpAnswer login = logIn(username, PASSWORD, "phone").is(200);
        assertThat(login.body().path("user")).isEqualTo(account.body());
        assertThat(login.number("expiresInSeconds")).isEqualTo(900);
        assertThat(login.text("webSocketUrl")).isEqualTo("ws://localhost:" + port + "/ws");
        assertThat(login.response().headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(aggregates.stored(DeviceRegistered.class))
                .anySatisfy(registered -> assertThat(registered.user().value()).isEqualTo(account.text("id")));
    }

    @Test
    void doesNotTellWhetherAUsernameExists() {
        String username = unique("user");
        signUp(username, PASSWORD).is(201);
        HttpAnswer wrong = logIn(username, "wrong password", "phone").isRefused(Refusal.BAD_CREDENTIALS);
        HttpAnswer unknown = logIn(unique("nobody"), "wrong password", "phone").isRefused(Refusal.BAD_CREDENTIALS);
        HttpAnswer noName = logIn("no name", "wrong password", "phone").isRefused(Refusal.BAD_CREDENTIALS);
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(noName.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "../..", "a/b"})
    void refusesAnInvalidDeviceId(String device) {
        String username = unique("user");
        signUp(username, PASSWORD).is(201);
        logIn(username, PASSWORD, device).isRefused(Refusal.INVALID_ID);
    }

    @Test
    void isNotDelayedByAFewWrongPasswords() {
        String username = unique("user");
        signUp(username, PASSWORD).is(201);
        for (int guess = 0; guess < 25; guess++) {
            logIn(username, "guess number " + guess, "phone").isRefused(Refusal.BAD_CREDENTIALS);
        }
        logIn(username, PASSWORD, "phone").is(200);
    }

    @Test
    void endsTheLeastRecentlyUsedSessionIfThereAreTooMany() {
        LoggedInUser first = somebody();
        clock.advance(Duration.ofSeconds(1));
        LoggedInUser second = loggedIn(first.username(), "second");
        for (int device = 2; device < MAX_LOGGED_IN; device++) {
            clock.advance(Duration.ofSeconds(1));
            loggedIn(first.username(), "device-" + device);
        }
        HttpAnswer renewed = refresh(first.refreshToken()).is(200);
        clock.advance(Duration.ofSeconds(1));
        loggedIn(first.username(), "one-too-many");

        refresh(second.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        get(second.accessToken(), "/users/me/settings").isRefused(Refusal.TOKEN_INVALID);
        refresh(renewed.text("refreshToken")).is(200);
    }

    @Test
    void doesNotCountSuccessfulLogins() {
        String username = unique("user");
        signUp(username, PASSWORD).is(201);
        for (int login = 0; login < 25; login++) {
            logIn(username, PASSWORD, "phone").is(200);
        }
    }

    @Test
    void replacesTheSessionOfTheDevice() {
        LoggedInUser before = somebody();
        LoggedInUser after = loggedIn(before.username(), "device");
        assertThat(aggregates.stored(SessionEnded.class))
                .anySatisfy(ended -> assertThat(ended.user().value()).isEqualTo(before.id()));
        refresh(before.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        refresh(after.refreshToken()).is(200);
    }
}
