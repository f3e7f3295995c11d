package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountCommand.DeleteAccount;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountReactivated;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactEvent.ContactRemoved;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.domain.Conversation;
import chat.parley.identity.account.DeletionFinisher;
import chat.parley.identity.account.PendingDeletions;
import chat.parley.identity.login.Logins;
import chat.parley.identity.password.Credentials;
import chat.parley.testing.HttpAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class ClosingAnAccountTest extends ServerTest {
    @Autowired
    PendingDeletions deletions;

    @Autowired
    Credentials credentials;

    @Autowired
    Logins logins;

    @Autowired
    DeletionFinisher unfinished;

    @Autowired
    CommandGateway commands;

    @Test
    void deactivatesUntilTheNextLogin() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        close(alice, "deactivation", "wrong").isRefused(Refusal.PASSWORD_WRONG);
        close(alice, "deactivation", PASSWORD).is(204);
        assertThat(aggregates.stored(AccountDeactivated.class))
                .anySatisfy(closed -> assertThat(closed.user().value()).isEqualTo(alice.id()));
        expectLoggedOut(alice);
        expectUnreachable(alice, bob);

        logIn(alice.username(), PASSWORD, "device").is(200);
        assertThat(aggregates.stored(AccountReactivated.class))
                .anySatisfy(opened -> assertThat(opened.user().value()).isEqualTo(alice.id()));
        post(bob.accessToken(), "/conversations", Map.of("kind", "direct", "with", alice.id()))
                .is(201);
    }

    @Test
    void deletesEverythingThatBelongsToTheUser() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        String group = groupOf(bob, alice);
        befriend(alice, bob);
        close(alice, "deletion", "wrong").isRefused(Refusal.PASSWORD_WRONG);
        close(alice, "deletion", PASSWORD).is(204);

        expectLoggedOut(alice);
        expectUnreachable(alice, bob);
        logIn(alice.username(), PASSWORD, "device").isRefused(Refusal.BAD_CREDENTIALS);
        signUp(alice.username(), PASSWORD).isRefused(Refusal.USERNAME_TAKEN);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> expectGone(alice, group));
    }

    /** The number of steps before the crash. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void continuesADeletionAfterACrash(int steps) {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        UserId user = new UserId(alice.id());
        String group = groupOf(bob, alice);
        befriend(alice, bob);
        List<Runnable> before = List.of(
                () -> deletions.begin(user),
                () -> commands.sendAndWait(new DeleteAccount(user)),
                () -> credentials.remove(user),
                () -> logins.endAll(user, null));
        before.subList(0, steps + 1).forEach(Runnable::run);

        unfinished.finishAll();
        expectLoggedOut(alice);
        logIn(alice.username(), PASSWORD, "device").isRefused(Refusal.BAD_CREDENTIALS);
        expectGone(alice, group);
        assertThat(aggregates.stored(AccountDeleted.class).stream()
                        .filter(deleted -> deleted.user().equals(user)))
                .hasSize(1);
    }

    @Test
    void runsRoundsAgainAfterARestart() {
        unfinished.stop();
        assertThat(unfinished.isRunning()).isFalse();
        unfinished.start();
        assertThat(unfinished.isRunning()).isTrue();
    }

    @Test
    void repeatsTheDeletionForCommandsThatWereInProgress() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        UserId user = new UserId(alice.id());
        close(alice, "deletion", PASSWORD).is(204);
        unfinished.finishAll();
        assertThat(isUnfinished(user)).isTrue();

        String late = groupOf(bob, bob);
        ConversationId conversation = new ConversationId(late);
        aggregates.happened(
                Conversation.class,
                conversation,
                new MemberJoined(conversation, new UserId(bob.id()), user, clock.instant()));
        clock.advance(DeletionFinisher.SETTLED_AFTER.plusMillis(1));
        unfinished.finishAll();
        assertThat(leftBy(alice)).contains(late);
        assertThat(isUnfinished(user)).isFalse();
    }

    private boolean isUnfinished(UserId user) {
        return deletions.unfinished(1_000).stream()
                .anyMatch(deletion -> deletion.user().equals(user));
    }

    private void expectLoggedOut(LoggedInUser person) {
        refresh(person.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        get(person.accessToken(), "/users/me/mail-address").isRefused(Refusal.TOKEN_INVALID);
        assertThat(vault.sql("select count(*) from vault.sessions where user_id = ?")
                        .param(person.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void expectUnreachable(LoggedInUser person, LoggedInUser other) {
        String id = person.id();
        post(other.accessToken(), "/conversations", Map.of("kind", "direct", "with", id))
                .isRefused(Refusal.USER_UNAVAILABLE);
        post(other.accessToken(), "/conversations", Map.of("kind", "group", "title", "Tea", "members", List.of(id)))
                .isRefused(Refusal.USER_UNAVAILABLE);
        put(other.accessToken(), "/conversations/" + groupOf(other, other) + "/members/" + id)
                .isRefused(Refusal.USER_UNAVAILABLE);
        put(other.accessToken(), "/users/me/contacts/" + id).isRefused(Refusal.USER_UNAVAILABLE);
        put(other.accessToken(), "/users/me/blocks/" + id).is(204);
        delete(other.accessToken(), "/users/me/blocks/" + id).is(204);
    }

    private void expectGone(LoggedInUser person, String group) {
        assertThat(leftBy(person)).contains(group);
        assertThat(aggregates.stored(ContactRemoved.class))
                .anySatisfy(removed -> assertThat(removed.by().value()).isEqualTo(person.id()));
        for (String table : List.of("credentials", "sessions", "one_time_codes", "mail_addresses", "known_sources")) {
            assertThat(vault.sql("select count(*) from vault." + table + " where user_id = ?")
                            .param(person.id())
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    private List<String> leftBy(LoggedInUser person) {
        return aggregates.stored(MemberLeft.class).stream()
                .filter(left -> left.user().value().equals(person.id()))
                .map(left -> left.conversation().value())
                .toList();
    }

    private String groupOf(LoggedInUser owner, LoggedInUser member) {
        return post(
                        owner.accessToken(),
                        "/conversations",
                        Map.of("kind", "group", "title", "Tea", "members", List.of(member.id())))
                .is(201)
                .text("id");
    }

    private void befriend(LoggedInUser one, LoggedInUser other) {
        put(one.accessToken(), "/users/me/contacts/" + other.id()).is(200);
        put(other.accessToken(), "/users/me/contacts/" + one.id()).is(200);
    }

    private HttpAnswer close(LoggedInUser person, String way, String password) {
        return post(person.accessToken(), "/users/me/" + way, Map.of("password", password));
    }
}
