package chat.parley.command.http;

import chat.parley.api.Refusal;
import org.junit.jupiter.api.Test;

class LoggingOutEverywhereTest extends ServerTest {
    @Test
    void endsEverySession() {
        LoggedInUser laptop = somebody();
        LoggedInUser phone = loggedIn(laptop.username(), "phone");
        LoggedInUser stranger = somebody();
        delete(phone.accessToken(), "/sessions").is(204);
        refresh(laptop.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        refresh(phone.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        get(phone.accessToken(), "/users/me/mail-address").isRefused(Refusal.TOKEN_INVALID);
        refresh(stranger.refreshToken()).is(200);
        logIn(laptop.username(), PASSWORD, "phone").is(200);
    }

    @Test
    void canKeepTheCurrentSession() {
        LoggedInUser laptop = somebody();
        LoggedInUser phone = loggedIn(laptop.username(), "phone");
        delete(phone.accessToken(), "/sessions?except=current").is(204);
        delete(phone.accessToken(), "/sessions?except=current").is(204);
        refresh(laptop.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        refresh(phone.refreshToken()).is(200);
        delete(phone.accessToken(), "/sessions?except=everything").isRefused(Refusal.INVALID_PARAMETER);
    }
}
