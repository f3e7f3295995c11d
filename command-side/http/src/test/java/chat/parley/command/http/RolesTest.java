package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.SystemRole;
import chat.parley.testing.HttpAnswer;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest extends ServerTest {
    @Test
    void startWithAKeyThatOnlyTheServersOwnerCanRead() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void areGrantedByTheHolderOfTheKey() throws IOException, ParseException {
        LoggedInUser person = somebody();
        withKey(key(), person.id()).is(204);
        assertThat(aggregates.stored(RoleGranted.class))
                .anySatisfy(granted -> assertThat(granted.user().value()).isEqualTo(person.id()));
        assertThat(roles(loggedIn(person.username(), "device"))).containsExactly("admin");
    }

    @Test
    void areNotGrantedByAWrongKey() {
        withKey("wrong", somebody().id()).isRefused(Refusal.UNAUTHENTICATED);
        withKey("", somebody().id()).isRefused(Refusal.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"})
    void areNotGrantedByTheKeyThroughAProxy(String header) throws IOException {
        HttpAnswer.to(request(null, "/users/" + somebody().id() + "/roles/admin?reason=test")
                        .header("Parley-Admin-Key", key())
                        .header(header, "127.0.0.1")
                        .PUT(BodyPublishers.noBody()))
                .isRefused(Refusal.UNAUTHENTICATED);
    }

    @Test
    void areNotGrantedByTheKeyExceptAdmin() throws IOException {
        HttpAnswer.to(request(null, "/users/" + somebody().id() + "/roles/auditor?reason=test")
                        .header("Parley-Admin-Key", key())
                        .PUT(BodyPublishers.noBody()))
                .isRefused(Refusal.UNAUTHENTICATED);
    }

    @Test
    void areNotGrantedByOrdinaryUsers() {
        LoggedInUser person = somebody();
        put(person.accessToken(), "/users/" + person.id() + "/roles/admin?reason=test")
                .isRefused(Refusal.FORBIDDEN);
        delete(person.accessToken(), "/users/" + person.id() + "/roles/admin?reason=test")
                .isRefused(Refusal.FORBIDDEN);
    }

    @Test
    void takeEffectByARefreshThatIsRequiredAtOnce() throws IOException, ParseException {
        LoggedInUser admin = admin();
        LoggedInUser person = somebody();
        put(admin.accessToken(), "/users/" + person.id() + "/roles/analyst?reason=test")
                .is(204);

        put(person.accessToken(), "/users/" + person.id() + "/roles/analyst?reason=test")
                .isRefused(Refusal.TOKEN_EXPIRED);
        LoggedInUser refreshed = refreshed(person);
        assertThat(roles(refreshed)).containsExactly("analyst");

        delete(admin.accessToken(), "/users/" + person.id() + "/roles/analyst?reason=test")
                .is(204);
        assertThat(roles(refreshed(refreshed))).isEmpty();
    }

    @Test
    void areOnlyKnownRoles() throws IOException {
        LoggedInUser admin = admin();
        put(admin.accessToken(), "/users/" + admin.id() + "/roles/emperor?reason=test")
                .isRefused(Refusal.INVALID_PARAMETER);
        put(admin.accessToken(), "/users/nobody/roles/" + SystemRole.ANALYST.claim() + "?reason=test")
                .isRefused(Refusal.USER_NOT_FOUND);
    }

    @Test
    void areNotRevokedFromAnAdminByThemselves() throws IOException {
        LoggedInUser admin = admin();
        delete(admin.accessToken(), "/users/" + admin.id() + "/roles/admin?reason=test")
                .isRefused(Refusal.LAST_ADMIN);
    }

    private LoggedInUser admin() throws IOException {
        LoggedInUser person = somebody();
        withKey(key(), person.id()).is(204);
        return refreshed(person);
    }

    private LoggedInUser refreshed(LoggedInUser person) {
        HttpAnswer answer = refresh(person.refreshToken()).is(200);
        return new LoggedInUser(
                person.id(), person.username(), answer.text("accessToken"), answer.text("refreshToken"));
    }

    private HttpAnswer withKey(String key, String user) {
        return HttpAnswer.to(request(null, "/users/" + user + "/roles/admin?reason=test")
                .header("Parley-Admin-Key", key)
                .PUT(BodyPublishers.noBody()));
    }

    private String key() throws IOException {
        return Files.readString(data.resolve("admin.key")).strip();
    }

    private static Iterable<String> roles(LoggedInUser person) throws ParseException {
        return SignedJWT.parse(person.accessToken()).getJWTClaimsSet().getStringListClaim("roles");
    }
}
