package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.Passwords;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.testing.HttpAnswer;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class SigningUpTest extends ServerTest {
    @Autowired
    UsernameClaims claims;

    @Autowired
    Credentials credentials;

    @Autowired
    Passwords passwords;

    @Autowired
    CommandGateway commands;

    @Test
    void createsAnAccountThatCanLogInAtOnce() {
        String username = unique("Zoë");
        HttpAnswer account = signUp(username, PASSWORD).is(201);
        assertThat(account.text("username")).isEqualTo(username);
        assertThat(account.text("displayName")).isEqualTo("Somebody");

        HttpAnswer login = logIn(username, PASSWORD, "phone").is(200);
        assertThat(login.body().path("user")).isEqualTo(account.body());
    }

    @ParameterizedTest
    @CsvSource({
        "straße, STRASSE",
        "caf\u00e9, CAFE\u0301",
        "\uff41lice, ALICE",
        "\ud55c\uae00, \u1112\u1161\u11ab\u1100\u1173\u11af"
    })
    void refusesANameThatIsTakenInAnotherLetterCaseOrUnicodeForm(String one, String other) {
        String suffix = unique("");
        signUp(one + suffix, PASSWORD).is(201);
        signUp(other + suffix, PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
        logIn(other + suffix, PASSWORD, "phone").is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "zero\u200bwidth", "nul\u0000", "\ud800"})
    void refusesInvalidUsernames(String username) {
        post(
                        null,
                        "/accounts",
                        "{\"username\":\"" + escaped(username) + "\",\"password\":\"12345678\",\"displayName\":\"x\"}")
                .isRefused(Refusal.USERNAME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234567",
                "\u1112\u1161\u1112\u1161\u1112\u1161\u1112\u1161",
                "tab\tin the middle",
                "unseen\u200bcharacter",
                "unassigned\u0378"
            })
    void refusesPasswordsThatAreTooShortOrCannotBeTypedAgain(String password) {
        signUp(unique("user"), password).isRefused(Refusal.PASSWORD_INVALID);
    }

    @Test
    void countsPasswordsInCharacters() {
        String username = unique("user");
        signUp(username, "\ud55c".repeat(1025)).isRefused(Refusal.PASSWORD_INVALID);
        signUp(username, "\ud55c".repeat(1024)).is(201);
        logIn(username, "\ud55c".repeat(1023), "phone").isRefused(Refusal.BAD_CREDENTIALS);
        logIn(username, "\u1112\u1161\u11ab".repeat(1024), "phone").is(200);
    }

    @Test
    void acceptsAPasswordInAnyUnicodeForm() {
        String username = unique("user");
        signUp(username, "cafe\u0301 au lait").is(201);
        logIn(username, "caf\u00e9\u00a0au\u3000lait", "phone").is(200);
        logIn(username, "cafe au lait", "phone").isRefused(Refusal.BAD_CREDENTIALS);
        logIn(username, "CAF\u00c9 au lait", "phone").isRefused(Refusal.BAD_CREDENTIALS);
    }

    @Test
    void replacesAnOldHashAtTheNextLogin() {
        String username = unique("user");
        String id = signUp(username, PASSWORD).is(201).text("id");
        String before = "e\u0301".repeat(24);
        vault(
                "update vault.credentials set password_hash = ? where user_id = ?",
                "{bcrypt}" + new BCryptPasswordEncoder(4).encode(before),
                id);

        logIn(username, before + "x", "phone").isRefused(Refusal.BAD_CREDENTIALS);
        logIn(username, before, "phone").is(200);
        assertThat(credentials.find(claims.of(username)).orElseThrow().passwordHash())
                .startsWith("{argon2}");
        logIn(username, "\u00e9".repeat(24), "phone").is(200);
        logIn(username, before + "x", "phone").isRefused(Refusal.BAD_CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u200b", "\u3164", "nul\u0000", "two\nlines"})
    void refusesUnreadableDisplayNames(String displayName) {
        post(null, "/accounts", new NewAccount(unique("user"), PASSWORD, displayName))
                .isRefused(Refusal.DISPLAY_NAME_INVALID);
        post(null, "/accounts", new NewAccount(unique("user"), PASSWORD, "x".repeat(101)))
                .isRefused(Refusal.DISPLAY_NAME_INVALID);
    }

    @Test
    void namesTheMissingField() {
        HttpAnswer answer = post(null, "/accounts", "{\"username\":\"" + unique("user") + "\"}")
                .isRefused(Refusal.INVALID_PARAMETER);
        assertThat(answer.text("detail")).contains("password", "displayName");
    }

    @Test
    void continuesAnInterruptedAttempt() {
        String username = unique("user");
        UserId holder = claimed(username);
        credentials.insertPending(claims.of(username), holder, passwords.hash(PASSWORD));
        logIn(username, PASSWORD, "phone").isRefused(Refusal.BAD_CREDENTIALS);

        signUp(username, "another password").isRefused(Refusal.USERNAME_TAKEN);
        assertThat(signUp(username, PASSWORD).is(201).text("id")).isEqualTo(holder.value());
        logIn(username, PASSWORD, "phone").is(200);
    }

    @Test
    void continuesAnAttemptThatLacksOnlyTheMark() {
        String username = unique("user");
        HttpAnswer account = signUp(username, PASSWORD).is(201);
        vault("update vault.credentials set registered = false where user_id = ?", account.text("id"));

        assertThat(signUp(username, PASSWORD).is(201).text("id")).isEqualTo(account.text("id"));
        assertThat(aggregates.stored(AccountRegistered.class).stream()
                        .filter(registered -> registered.user().value().equals(account.text("id"))))
                .hasSize(1);
    }

    @Test
    void completesAClaimWithoutAPassword() {
        String username = unique("user");
        UserId holder = claimed(username);
        assertThat(signUp(username, PASSWORD).is(201).text("id")).isEqualTo(holder.value());
    }

    @Test
    void doesNotTakeOverAnAccountWithALostPassword() {
        String username = unique("user");
        HttpAnswer account = signUp(username, PASSWORD).is(201);
        vault("delete from vault.credentials where user_id = ?", account.text("id"));

        signUp(username, "another password").isRefused(Refusal.USERNAME_TAKEN);
        logIn(username, "another password", "phone").isRefused(Refusal.BAD_CREDENTIALS);
    }

    private UserId claimed(String username) {
        UsernameClaimId claim = claims.of(username);
        return commands.sendAndWait(new ClaimUsername(claim, UserId.random()));
    }

    private static String escaped(String text) {
        return text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining());
    }
}
