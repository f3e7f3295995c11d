package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.embedded.process.DataDirectory;
import chat.parley.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondProcessOnTheSameDataTest {

    @TempDir
    Path temp;

    @Test
    void inAnotherProcessEndsAndNamesTheFirst() throws Exception {
        Path data = temp.resolve("data");
        try (TestEngines first = TestEngines.start(data);
                ChildJvm second = OtherParley.launch(data, temp.resolve("second.txt"))) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !second.process().isAlive());

            assertThat(second.process().exitValue()).isNotZero();
            assertThat(second.output())
                    .contains("in use by another Parley (process "
                            + ProcessHandle.current().pid() + ")");
            assertThat(first.sql().sql("SELECT 1").query(Integer.class).single())
                    .isEqualTo(1);
        }
    }

    @Test
    void inTheSameProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        Path data = temp.resolve("data");
        try (TestEngines first = TestEngines.start(data)) {
            assertThatThrownBy(() -> TestEngines.start(data)).hasStackTraceContaining("in use by another Parley");

            try (ChildJvm other = OtherParley.launch(data, temp.resolve("other.txt"))) {
                assertThat(other.process().onExit().join().exitValue()).isNotZero();
            }
            assertThat(first.sql().sql("SELECT 1").query(Integer.class).single())
                    .isEqualTo(1);
        }
    }

    @Test
    void startsAfterTheFirstHasStopped() throws Exception {
        Path data = temp.resolve("data");
        TestEngines.start(data).close();

        try (ChildJvm second = OtherParley.launch(data, temp.resolve("second.txt"))) {
            OtherParley.awaitEngine(second);
        }
    }

    @Test
    void acquiresAReleasedLock() throws Exception {
        Path data = temp.resolve("data");
        DataDirectory.open(data).close();

        try (DataDirectory again = DataDirectory.open(data)) {
            assertThat(again.root()).isEqualTo(data.toRealPath());
        }
    }
}
