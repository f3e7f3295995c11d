package chat.parley.vault;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TypingRelay;
import chat.parley.api.port.TypingRelay.Typing;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes over one PostgreSQL tell each other who types. */
class PassingOnTypingTest {
    private static final Typing ANN = typing("tea", "ann");

    private final Database database = TestPostgres.database();
    private final NotifyingTypingRelay one = new NotifyingTypingRelay(database.dataSource());
    private final NotifyingTypingRelay two = new NotifyingTypingRelay(database.dataSource());

    private static Typing typing(String conversation, String user) {
        return new Typing(new ConversationId(conversation), new UserId(user));
    }

    @BeforeEach
    void listen() throws InterruptedException {
        one.exchange(Set.of());
        two.exchange(Set.of());
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        database.close();
    }

    /** What the second node gets until it has all of these. */
    private void awaitAtTwo(Set<Typing> expected) {
        Set<Typing> received = new HashSet<>();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            received.addAll(two.exchange(Set.of()));
            return received.equals(expected);
        });
    }

    @Test
    void othersGetTheSignsOfANodeAndTheNodeItselfDoesNot() throws InterruptedException {
        assertThat(one.exchange(List.of(ANN, typing("tea", "bob")))).isEmpty();
        awaitAtTwo(Set.of(ANN, typing("tea", "bob")));
        assertThat(one.exchange(Set.of())).isEmpty();
        assertThat(two.exchange(Set.of())).isEmpty();
    }

    @Test
    void theMostSignsWithTheLongestIdsFitIntoOneExchange() throws InterruptedException {
        Set<Typing> many = IntStream.range(0, TypingRelay.MOST_SIGNS)
                .mapToObj(i -> typing("c".repeat(64), String.format("u%063d", i)))
                .collect(Collectors.toSet());
        one.exchange(many);
        awaitAtTwo(many);
    }

    @Test
    void whatIsNoSignIsIgnored() throws InterruptedException {
        JdbcClient others = JdbcClient.create(database.dataSource());
        for (String nothing : List.of("", "tea", "tea ann bob", " ", "x".repeat(100) + " ann")) {
            others.sql("select pg_notify('parley_typing', ?)")
                    .param(nothing)
                    .query((row, number) -> number)
                    .list();
        }
        one.exchange(Set.of(ANN));
        awaitAtTwo(Set.of(ANN));
    }

    @Test
    void aLostConnectionIsReplaced() {
        JdbcClient.create(database.dataSource())
                .sql("select pg_terminate_backend(pid) from pg_stat_activity where query like '%parley_typing%'"
                        + " and pid <> pg_backend_pid()")
                .query((row, number) -> number)
                .list();
        Set<Typing> received = new HashSet<>();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            one.exchange(Set.of(ANN));
            received.addAll(two.exchange(Set.of()));
            return received.contains(ANN);
        });
    }
}
