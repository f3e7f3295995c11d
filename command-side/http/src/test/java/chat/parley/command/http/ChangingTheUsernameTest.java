package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.testing.HttpAnswer;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ChangingTheUsernameTest extends ServerTest {
    @Autowired
    UsernameClaims claims;

    @Test
    void logsInOnlyWithTheNewName() {
        LoggedInUser alice = somebody();
        String name = unique("Neu");
        HttpAnswer changed = change(alice, name, PASSWORD).is(200);
        assertThat(changed.text("username")).isEqualTo(name);
        assertThat(changed.text("id")).isEqualTo(alice.id());
        refresh(alice.refreshToken()).is(200);
        logIn(name.toUpperCase(Locale.ROOT), PASSWORD, "device").is(200);
        logIn(alice.username(), PASSWORD, "device").isRefused(Refusal.BAD_CREDENTIALS);
    }

    @Test
    void reservesTheFormerName() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        String name = unique("neu");
        change(alice, name, PASSWORD).is(200);
        change(bob, alice.username(), PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
        change(bob, name, PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
        signUp(alice.username(), PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
        signUp(name, PASSWORD).isRefused(Refusal.USERNAME_TAKEN);

        change(alice, alice.username(), PASSWORD).is(200);
        logIn(alice.username(), PASSWORD, "device").is(200);
        change(bob, name, PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
    }

    @Test
    void needsThePassword() {
        LoggedInUser alice = somebody();
        change(alice, unique("neu"), "wrong").isRefused(Refusal.PASSWORD_WRONG);
        change(alice, "no name", PASSWORD).isRefused(Refusal.USERNAME_INVALID);
        logIn(alice.username(), PASSWORD, "device").is(200);
    }

    @Test
    void continuesAnInterruptedAttempt() {
        LoggedInUser alice = somebody();
        String name = unique("neu");
        change(alice, name, PASSWORD).is(200);
        vault(
                "update vault.credentials set claim = ? where user_id = ?",
                claims.of(alice.username()).value(),
                alice.id());
        logIn(alice.username(), PASSWORD, "device").is(200);
        change(loggedIn(alice.username(), "device"), name, PASSWORD).is(200);
        logIn(name, PASSWORD, "device").is(200);
        assertThat(aggregates.stored(UsernameChanged.class))
                .anySatisfy(changed -> assertThat(changed.user().value()).isEqualTo(alice.id()));
    }

    private HttpAnswer change(LoggedInUser person, String username, String password) {
        return put(person.accessToken(), "/users/me/username", Map.of("username", username, "password", password));
    }
}
