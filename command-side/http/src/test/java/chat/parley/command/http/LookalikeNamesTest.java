package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.UserId;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.TextProtection;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.domain.Account;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.Passwords;
import chat.parley.identity.profile.FormerNamesClaimer;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.testing.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class LookalikeNamesTest extends ServerTest {
    @Autowired
    UsernameClaims claims;

    @Autowired
    CommandDispatcher commands;

    @Autowired
    Credentials credentials;

    @Autowired
    Passwords passwords;

    @Autowired
    EventFeed events;

    @Autowired
    TextProtection protection;

    @Autowired
    JdbcClient vaultClient;

    @ParameterizedTest
    @CsvSource({"scope, ѕсоре", "Paul, PauI", "рор, pop", "modest, rnodest", "o'neil, o’neil"})
    void areRefusedToTheSecondUser(String one, String other) {
        signUp(one, PASSWORD).is(201);
        signUp(other, "another password").isRefused(Refusal.USERNAME_TAKEN);
        signUp(one, "another password").isRefused(Refusal.USERNAME_TAKEN);
        logIn(one, PASSWORD, "phone").is(200);
        logIn(other, PASSWORD, "phone").isRefused(Refusal.BAD_CREDENTIALS);
    }

    @Test
    void belongToTheUserOfTheFormerName() {
        String name = unique("ox");
        UserId holder = registerAsBefore(name);
        claimFormerNames();
        signUp(name.replace('o', '0'), PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
        assertThat(aggregates.stored(AccountRegistered.class))
                .filteredOn(registered -> registered.user().equals(holder))
                .hasSize(1);
    }

    @Test
    void formerNamesStillLogIn() {
        String ada = unique("ada");
        signUp(ada, PASSWORD).is(201);
        for (String name :
                new String[] {ada + "\ufe0f", unique("\u03b1\u03c2"), unique("\u1e9e"), unique("\ud83d\ude00")}) {
            UserId holder = registerAsBefore(name);
            claimFormerNames();
            HttpAnswer login = logIn(name, "password of before", "phone").is(200);
            assertThat(login.body().path("user").path("id").asString()).isEqualTo(holder.value());
        }
        logIn(ada, PASSWORD, "phone").is(200);
    }

    /** Registers an account in the earlier form, with one claim of the name in its former folding. */
    private UserId registerAsBefore(String username) {
        UserId user = UserId.random();
        AccountRegistered registered = new AccountRegistered(
                user,
                claims.ofBefore(username),
                protection.seal(user, username, TextProtection.usernameContext(user)),
                protection.seal(user, "Somebody", TextProtection.displayNameContext(user)),
                clock.instant());
        aggregates.happened(Account.class, user, registered);
        credentials.insertPending(claims.ofBefore(username), user, passwords.hash("password of before"));
        credentials.markRegistered(claims.ofBefore(username));
        return user;
    }

    private void claimFormerNames() {
        vault("delete from vault.claimed_looks");
        FormerNamesClaimer claimer = new FormerNamesClaimer(claims, commands, events, protection, vaultClient, clock);
        claimer.start();
        claimer.requireClaimed();
        claimer.stop();
    }
}
