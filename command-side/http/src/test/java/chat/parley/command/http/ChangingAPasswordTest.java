package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountCommand.RegisterDevice;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.testing.HttpAnswer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

class ChangingAPasswordTest extends ServerTest {
    private static final String NEXT = "another battery staple";

    @Autowired
    @Qualifier("localSegment")
    CommandBus bus;

    @Test
    void endsEveryOtherSession() {
        LoggedInUser laptop = somebody();
        LoggedInUser phone = loggedIn(laptop.username(), "phone");
        long before = ended(laptop);
        change(laptop, PASSWORD, NEXT).is(204);

        refresh(phone.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        get(phone.accessToken(), "/users/me/mail-address").isRefused(Refusal.TOKEN_INVALID);
        assertThat(ended(laptop)).isEqualTo(before + 1);
        get(laptop.accessToken(), "/users/me/mail-address").is(200);
        refresh(laptop.refreshToken()).is(200);
        logIn(laptop.username(), PASSWORD, "tablet").isRefused(Refusal.BAD_CREDENTIALS);
        logIn(laptop.username(), NEXT, "tablet").is(200);
    }

    @Test
    void needsTheCurrentPassword() {
        LoggedInUser alice = somebody();
        change(alice, "wrong", NEXT).isRefused(Refusal.PASSWORD_WRONG);
        change(alice, PASSWORD, "short").isRefused(Refusal.PASSWORD_INVALID);
        put(alice.accessToken(), "/users/me/password", Map.of("current", PASSWORD))
                .isRefused(Refusal.INVALID_PARAMETER);
        put(null, "/users/me/password", Map.of("current", PASSWORD, "new", NEXT))
                .isRefused(Refusal.UNAUTHENTICATED);
        logIn(alice.username(), PASSWORD, "tablet").is(200);
    }

    @Test
    void limitsGuessesWithAStolenToken() {
        LoggedInUser alice = somebody();
        for (int guess = 0; guess < 10; guess++) {
            change(alice, "wrong" + guess, NEXT).isRefused(Refusal.PASSWORD_WRONG);
        }
        change(alice, PASSWORD, NEXT).isRefused(Refusal.RATE_LIMITED);
        logIn(alice.username(), PASSWORD, "tablet").is(200);
    }

    @Test
    void endsALoginThatBeganBefore() {
        LoggedInUser alice = somebody();
        AtomicBoolean changed = new AtomicBoolean();
        Registration changing = bus.registerHandlerInterceptor((work, chain) -> {
            if (work.getMessage().getPayload() instanceof RegisterDevice && !changed.getAndSet(true)) {
                change(alice, PASSWORD, NEXT).is(204);
            }
            return chain.proceed();
        });
        try (changing) {
            logIn(alice.username(), PASSWORD, "thief").isRefused(Refusal.BAD_CREDENTIALS);
        }
        assertThat(changed).isTrue();
        assertThat(vault.sql("select device_id from vault.sessions where user_id = ?")
                        .param(alice.id())
                        .query(String.class)
                        .list())
                .containsExactly("device");
    }

    private HttpAnswer change(LoggedInUser person, String current, String next) {
        return put(person.accessToken(), "/users/me/password", Map.of("current", current, "new", next));
    }

    private long ended(LoggedInUser person) {
        return aggregates.stored(SessionEnded.class).stream()
                .filter(event -> event.user().value().equals(person.id()))
                .count();
    }
}
