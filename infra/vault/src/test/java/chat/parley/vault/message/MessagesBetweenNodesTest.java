package chat.parley.vault.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.primary.PrimaryConnections;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MessagesBetweenNodesTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LISTENING =
            " pg_stat_activity where application_name = 'parley-node-messages'" + " and datname = current_database()";

    private final Database database = TestPostgres.database();
    private final JdbcClient postgres = JdbcClient.create(database.dataSource());
    private final PostgresNodeMessages one = node();
    private final PostgresNodeMessages two = node();
    private final List<String> atOne = new CopyOnWriteArrayList<>();
    private final List<String> atTwo = new CopyOnWriteArrayList<>();

    private PostgresNodeMessages node() {
        return PostgresNodeMessages.over(database.dataSource(), PrimaryConnections.to(database.url(), null, null));
    }

    @BeforeEach
    void start() {
        one.receive("weather", atOne::add);
        two.receive("weather", atTwo::add);
        one.start();
        two.start();
        awaitReaching(one, two);
        awaitReaching(two, one);
    }

    private static void awaitReaching(PostgresNodeMessages sender, PostgresNodeMessages receiver) {
        CountDownLatch reached = new CountDownLatch(1);
        receiver.receive("ready", _ -> reached.countDown());
        Awaitility.await().atMost(LIMIT).until(() -> {
            sender.send("ready", "?");
            return reached.await(100, TimeUnit.MILLISECONDS);
        });
    }

    @AfterEach
    void stop() {
        one.stop();
        two.stop();
        database.close();
    }

    @Test
    void reachEveryOtherNodeOnceAndInOrder() {
        List<String> sent = IntStream.range(0, 100).mapToObj(i -> "rain " + i).toList();
        sent.forEach(message -> one.send("weather", message));
        one.send("traffic", "jam");
        two.send("weather", "sun");
        Awaitility.await().atMost(LIMIT).until(() -> atTwo.size() >= 100 && !atOne.isEmpty());
        assertThat(atTwo).isEqualTo(sent);
        assertThat(atOne).containsExactly("sun");
    }

    @Test
    void arriveAgainAfterTheConnectionWasLost() {
        List<Integer> before = processes();
        before.forEach(process -> postgres.sql("select pg_terminate_backend(?)")
                .param(process)
                .query()
                .singleRow());
        Awaitility.await().atMost(LIMIT).until(() -> processes().stream().noneMatch(before::contains));
        awaitReaching(one, two);
        awaitReaching(two, one);
    }

    private List<Integer> processes() {
        return postgres.sql("select pid from" + LISTENING).query(Integer.class).list();
    }

    @Test
    void aReceiverThatFailsHearsTheNextMessage() {
        two.receive("weather", message -> {
            if (message.equals("?")) {
                throw new IllegalArgumentException(message);
            }
            atTwo.add(message);
        });
        one.send("weather", "?");
        one.send("weather", "fog");
        Awaitility.await().atMost(LIMIT).until(() -> atTwo.contains("fog"));
    }
}
