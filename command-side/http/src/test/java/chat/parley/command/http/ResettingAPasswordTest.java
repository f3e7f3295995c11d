package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.PasswordResetIssued;
import chat.parley.testing.HttpAnswer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user who has lost the password sets another one by a code that an admin has issued. */
class ResettingAPasswordTest extends ServerTest {
    private static final String NEXT = "another battery staple";

    @Test
    void endsEverySession() throws IOException {
        LoggedInUser alice = somebody();
        String code = issued(alice);
        reset(alice.username(), code, NEXT).is(204);
        refresh(alice.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        get(alice.accessToken(), "/users/me/mail-address").isRefused(Refusal.TOKEN_INVALID);
        logIn(alice.username(), PASSWORD, "device").isRefused(Refusal.BAD_CREDENTIALS);
        logIn(alice.username(), NEXT, "device").is(200);
    }

    @Test
    void acceptsACodeOnceInAnySpelling() throws IOException {
        LoggedInUser alice = somebody();
        String other = issued(alice);
        String code = issued(alice).toLowerCase(Locale.ROOT).replace("-", " ");
        reset(alice.username(), code, "short").isRefused(Refusal.PASSWORD_INVALID);
        reset(alice.username().toUpperCase(Locale.ROOT), code, NEXT).is(204);
        reset(alice.username(), code, PASSWORD).isRefused(Refusal.CODE_INVALID);
        reset(alice.username(), other, PASSWORD).isRefused(Refusal.CODE_INVALID);
        logIn(alice.username(), NEXT, "device").is(200);
    }

    @Test
    void answersAlikeForAWrongUsernameAndAWrongCode() throws IOException {
        LoggedInUser alice = somebody();
        String code = issued(alice);
        HttpAnswer wrong = reset(alice.username(), "0000-0000-0000-0000", NEXT).isRefused(Refusal.CODE_INVALID);
        assertThat(reset(unique("nobody"), code, NEXT).body()).isEqualTo(wrong.body());
        assertThat(reset("no name", code, NEXT).body()).isEqualTo(wrong.body());
        assertThat(reset(somebody().username(), code, NEXT).body()).isEqualTo(wrong.body());
        refresh(alice.refreshToken()).is(200);

        clock.advance(Duration.ofHours(24));
        assertThat(reset(alice.username(), code, NEXT).body()).isEqualTo(wrong.body());
        logIn(alice.username(), PASSWORD, "device").is(200);
    }

    @Test
    void storesHashesOfAFewCodesOnly() throws IOException {
        LoggedInUser alice = somebody();
        String first = issued(alice);
        String last = first;
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(1));
            last = issued(alice);
        }
        assertThat(vault.sql("select count(*) from vault.one_time_codes where user_id = ?")
                        .param(alice.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
        assertThat(vault.sql("select code_hash from vault.one_time_codes where user_id = ?")
                        .param(alice.id())
                        .query((row, number) -> row.getBytes("code_hash"))
                        .list())
                .doesNotContain(last.getBytes(StandardCharsets.UTF_8));
        reset(alice.username(), first, NEXT).isRefused(Refusal.CODE_INVALID);
        reset(alice.username(), last, NEXT).is(204);
    }

    @Test
    void isIssuedByAdminsAndRecorded() throws IOException {
        LoggedInUser admin = admin();
        LoggedInUser alice = somebody();
        post(alice.accessToken(), "/users/" + alice.id() + "/password-reset", "")
                .isRefused(Refusal.FORBIDDEN);
        post(null, "/users/" + alice.id() + "/password-reset", "").isRefused(Refusal.UNAUTHENTICATED);
        post(admin.accessToken(), "/users/nobody/password-reset", "").isRefused(Refusal.USER_NOT_FOUND);
        post(admin.accessToken(), "/users/" + alice.id() + "/password-reset", "")
                .is(201);
        assertThat(aggregates.stored(PasswordResetIssued.class)).anySatisfy(issued -> {
            assertThat(issued.user().value()).isEqualTo(alice.id());
            assertThat(issued.by().value()).isEqualTo(admin.id());
        });
    }

    @Test
    void byMailIsOffWithoutAMailServer() {
        post(null, "/password-resets/requests", Map.of("username", "somebody")).isRefused(Refusal.MAIL_OFF);
        put(somebody().accessToken(), "/users/me/mail-address", Map.of("address", "a@b.example", "password", PASSWORD))
                .isRefused(Refusal.MAIL_OFF);
    }

    private HttpAnswer reset(String username, String code, String next) {
        return post(null, "/password-resets", Map.of("username", username, "code", code, "newPassword", next));
    }

    private String issued(LoggedInUser person) throws IOException {
        return post(admin().accessToken(), "/users/" + person.id() + "/password-reset", "")
                .is(201)
                .text("code");
    }

    private LoggedInUser admin() throws IOException {
        LoggedInUser person = somebody();
        String key = Files.readString(data.resolve("admin.key")).strip();
        HttpAnswer.to(request(null, "/users/" + person.id() + "/roles/admin?reason=test")
                        .header("Parley-Admin-Key", key)
                        .PUT(BodyPublishers.noBody()))
                .is(204);
        HttpAnswer answer = refresh(person.refreshToken()).is(200);
        return new LoggedInUser(
                person.id(), person.username(), answer.text("accessToken"), answer.text("refreshToken"));
    }
}
