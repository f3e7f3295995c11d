package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignDataTest {

    @TempDir
    Path temp;

    @Test
    void isNotChangedAndReported() throws Exception {
        Path data = temp.resolve("data");
        Path foreign = Files.createDirectories(data.resolve("postgres")).resolve("PG_VERSION");
        Files.writeString(foreign, "9.6\n");

        assertThatThrownBy(() -> TestEngines.start(data))
                .hasRootCauseInstanceOf(StartupFailure.class)
                .hasStackTraceContaining("contains no data of PostgreSQL 17 (version found: 9.6)");
        assertThat(foreign).hasContent("9.6\n");
    }

    @Test
    void isReportedWhenThePasswordIsGone() throws Exception {
        Path data = temp.resolve("data");
        TestEngines.start(data).close();
        Files.delete(data.resolve("postgres.password"));

        assertThatThrownBy(() -> TestEngines.start(data)).hasStackTraceContaining("its password file is missing");
    }

    @Test
    void doesNotIncludeTheRestOfAnInterruptedFirstStart() throws Exception {
        Path data = temp.resolve("data");
        Path draft = Files.createDirectories(data.resolve("postgres.new-123").resolve("base"));
        Files.writeString(draft.resolve("half"), "written");

        TestEngines.start(data).close();

        assertThat(data.resolve("postgres.new-123")).doesNotExist();
    }

    @Test
    void cannotBeAFile() throws Exception {
        Path file = Files.writeString(temp.resolve("data"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("cannot be used");
    }
}
