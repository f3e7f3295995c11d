package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.process.Processes;
import chat.parley.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanedPostgresTest {

    @TempDir
    Path temp;

    @Test
    void isStoppedAndItsDataRecovered() throws Exception {
        Path data = temp.resolve("data");
        ProcessHandle orphan;
        try (ChildJvm killed = OtherParley.launch(data, temp.resolve("killed.txt"))) {
            orphan = OtherParley.awaitEngine(killed);
            killed.kill();
        }
        assertThat(orphan.isAlive()).isTrue();

        try (TestEngines next = TestEngines.start(data)) {
            assertThat(Processes.awaitGone(List.of(orphan), Duration.ZERO)).isTrue();
            assertThat(next.postgresPid()).isNotEqualTo(orphan.pid());
            assertThat(next.sql().sql("SELECT 1").query(Integer.class).single()).isEqualTo(1);
        }
    }

    @Test
    void isRecoveredIfItWasKilledToo() throws Exception {
        Path data = temp.resolve("data");
        try (ChildJvm killed = OtherParley.launch(data, temp.resolve("killed.txt"))) {
            ProcessHandle postgres = OtherParley.awaitEngine(killed);
            killed.kill();
            Processes.signal(postgres, "KILL");
        }

        try (TestEngines next = TestEngines.start(data)) {
            assertThat(next.sql().sql("SELECT 1").query(Integer.class).single()).isEqualTo(1);
        }
    }

    @Test
    void isNotConfusedWithAnotherProcessOfTheSameId() throws Exception {
        Path data = temp.resolve("data");
        TestEngines.start(data).close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    data.resolve("postgres").resolve("postmaster.pid"),
                    stranger.pid() + "\n" + data.resolve("postgres") + "\n");

            TestEngines.start(data).close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void doesNotPreventTheNextStartWithADamagedPidFile() throws Exception {
        Path data = temp.resolve("data");
        TestEngines.start(data).close();
        Files.writeString(data.resolve("postgres").resolve("postmaster.pid"), "");

        TestEngines.start(data).close();
    }
}
