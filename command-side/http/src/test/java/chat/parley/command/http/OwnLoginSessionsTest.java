package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.OpenLogins;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OwnLoginSessionsTest extends ServerTest {
    @Autowired
    OpenLogins logins;

    @Test
    void areListedLastUsedFirst() {
        LoggedInUser phone = somebody();
        UserId user = new UserId(phone.id());
        clock.advance(Duration.ofMinutes(1));
        loggedIn(phone.username(), "tablet");
        assertThat(devices(user)).containsExactly("tablet", "device");

        clock.advance(Duration.ofMinutes(1));
        refresh(phone.refreshToken()).is(200);
        List<OpenLogins.Login> now = logins.of(user);
        assertThat(now)
                .extracting(OpenLogins.Login::device)
                .containsExactly(new DeviceId("device"), new DeviceId("tablet"));
        assertThat(now.getFirst().lastUsed()).isEqualTo(clock.instant());
        assertThat(now.getFirst().created()).isEqualTo(clock.instant().minus(Duration.ofMinutes(2)));
        assertThat(now.getLast().lastUsed()).isEqualTo(now.getLast().created());
        assertThat(logins.of(new UserId(somebody().id()))).hasSize(1);
    }

    @Test
    void areEndedFromAnotherDevice() {
        LoggedInUser phone = somebody();
        LoggedInUser tablet = loggedIn(phone.username(), "tablet");
        LoginSessionId ofPhone = session(phone, "device");

        delete(tablet.accessToken(), "/users/me/sessions/" + ofPhone).is(204);
        assertThat(aggregates.stored(SessionEnded.class))
                .anySatisfy(ended -> assertThat(ended.session()).isEqualTo(ofPhone));
        assertThat(devices(new UserId(phone.id()))).containsExactly("tablet");
        refresh(phone.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        refresh(tablet.refreshToken()).is(200);
        delete(tablet.accessToken(), "/users/me/sessions/" + ofPhone).isRefused(Refusal.SESSION_NOT_FOUND);
    }

    @Test
    void cannotBeEndedByOtherUsers() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        LoginSessionId ofAlice = session(alice, "device");
        delete(bob.accessToken(), "/users/me/sessions/" + ofAlice).isRefused(Refusal.SESSION_NOT_FOUND);
        delete(bob.accessToken(), "/users/me/sessions/made-up").isRefused(Refusal.SESSION_NOT_FOUND);
        delete(bob.accessToken(), "/users/me/sessions/no+id").isRefused(Refusal.INVALID_ID);
        refresh(alice.refreshToken()).is(200);
    }

    private LoginSessionId session(LoggedInUser person, String device) {
        return logins.of(new UserId(person.id())).stream()
                .filter(login -> login.device().value().equals(device))
                .findFirst()
                .orElseThrow()
                .session();
    }

    private List<String> devices(UserId user) {
        return logins.of(user).stream().map(login -> login.device().value()).toList();
    }
}
