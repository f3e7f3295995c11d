package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.process.ChildCommand;
import chat.parley.embedded.process.Processes;
import chat.parley.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All cases in one sequence, because each start of Elasticsearch takes long. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrphanedElasticsearchTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    static Path temp;

    private static ProcessHandle orphan;
    private static SearchServer next;

    @BeforeAll
    static void killAParley() throws Exception {
        Path data = temp.resolve("data dir");
        try (ChildJvm killed = OtherParley.launch(SearchServer.class, data, temp.resolve("killed.txt"))) {
            orphan = OtherParley.awaitEngine(killed);
            killed.kill();
        }
        assertThat(orphan.isAlive()).isTrue();
        next = SearchServer.start(data);
    }

    @AfterAll
    static void close() {
        next.close();
    }

    @Test
    @Order(1)
    void isStoppedByTheNextStartAndItsDataKept() throws Exception {
        Awaitility.await().atMost(LIMIT).until(() -> !Processes.isRunning(orphan));
        next.awaitUp();
        assertThat(next.process().pid()).isNotEqualTo(orphan.pid());
        assertThat(next.get(SearchServer.DOCUMENT, next.password()).body()).contains("안녕");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guessed"})
    @Order(2)
    void refusesRequestsWithoutThePassword(String guess) throws Exception {
        assertThat(next.get("/_search", guess).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch.password", "elasticsearch.p12", "elasticsearch/config/parley.key"})
    @Order(2)
    void hidesItsSecretsFromOtherUsers(String file) throws Exception {
        assertThat(Files.getPosixFilePermissions(temp.resolve("data dir").resolve(file)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @Order(2)
    void doesNotReceiveSignalsOfTheTerminal() throws Exception {
        assertThat(told(next.process(), "sid=")).isNotEqualTo(told(ProcessHandle.current(), "sid="));
    }

    @Test
    @Order(2)
    void hasALowPriorityForItsWholeSession() throws Exception {
        int own = Integer.parseInt(told(ProcessHandle.current(), "ni="));
        assertThat(told(next.process(), "ni=")).isEqualTo(String.valueOf(Math.min(19, own + SearchServer.NICENESS)));
        Path session = Path.of("/proc", String.valueOf(next.process().pid()), "autogroup");
        if (Files.exists(session)) {
            assertThat(Files.readString(session).strip()).endsWith("nice " + SearchServer.NICENESS);
        }
    }

    @Test
    @Order(2)
    void hasTheFurtherOptionsOfItsJvm() throws Exception {
        Path arguments = Path.of("/proc", String.valueOf(next.process().pid()), "cmdline");
        Assumptions.assumeTrue(Files.exists(arguments), "There is no /proc here");

        assertThat(Files.readString(arguments).split("\0")).containsAll(SearchServer.JVM_OPTIONS);
    }

    @Test
    @Order(3)
    void isRestartedAfterAKillAndEndsWithParley() throws Exception {
        ProcessHandle killed = next.process();
        Processes.signal(killed, "KILL");
        Awaitility.await().atMost(LIMIT).until(() -> processes().stream().anyMatch(it -> it.pid() != killed.pid()));

        long began = System.nanoTime();
        next.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(processes()).isEmpty();
    }

    private static List<ProcessHandle> processes() {
        Path directory = next.dataDir().resolve("elasticsearch");
        return Processes.javaWithArguments(Set.of(
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                directory.resolve("elasticsearch.pid").toString()));
    }

    private static String told(ProcessHandle process, String what) throws Exception {
        return ChildCommand.of("ps", "-o", what, "-p", Long.toString(process.pid()))
                .run()
                .output()
                .strip();
    }
}
