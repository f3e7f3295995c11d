package chat.parley.load.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ServerProcessesTest {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Starts a child for each line that it reads; the child works and ends. */
    private final Process shell =
            shell("while read _; do sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done';" + " echo done; done");

    @TempDir
    private Path dataDir;

    @AfterEach
    void endTheShell() {
        shell.destroy();
    }

    @Test
    void countsTheTimeOfShortLivedChildren() throws IOException {
        ServerProcesses usage = new ServerProcesses(List.of(shell.pid()));
        long before = usage.cpuNanos();
        work();
        long after = usage.cpuNanos();
        work();

        assertThat(after - before).isGreaterThanOrEqualTo(TICK_NANOS);
        assertThat(usage.cpuNanos()).isGreaterThan(after);
        assertThat(usage.memory().processes()).containsExactlyEntriesOf(Map.of("sh", 1));
    }

    @Test
    void countsThePostgresOfTheDataDirectoryAlthoughItIsNoDescendant() throws IOException {
        Files.createDirectory(dataDir.resolve("postgres"));
        Files.writeString(dataDir.resolve("postgres/postmaster.pid"), shell.pid() + "\n/data\n");
        long self = ProcessHandle.current().pid();

        assertThat(ServerProcesses.of(self, dataDir).memory().processes()).containsEntry("sh", 1);
        assertThat(ServerProcesses.of(self, dataDir).cpuNanos()).isPositive();
    }

    @Test
    void readsTheLiveHeap() throws InterruptedException {
        ServerProcesses usage =
                new ServerProcesses(List.of(ProcessHandle.current().pid()));
        long before = usage.jvmMemory().liveHeapBytes();
        byte[] more = new byte[50_000_000];
        long after = usage.jvmMemory().liveHeapBytes();

        assertThat(after - before).isBetween(more.length / 2L, 2L * more.length);
    }

    @Test
    void readsTheResidentMemoryOutsideTheHeap() throws InterruptedException {
        ServerProcesses usage =
                new ServerProcesses(List.of(ProcessHandle.current().pid()));
        long before = usage.jvmMemory().outsideHeapBytes();
        ByteBuffer more = ByteBuffer.allocateDirect(50_000_000);
        long after = usage.jvmMemory().outsideHeapBytes();

        assertThat(after - before).isBetween(more.capacity() / 2L, 2L * more.capacity());
    }

    @Test
    void refusesAMissingServer() throws InterruptedException {
        shell.destroy();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> new ServerProcesses(List.of(shell.pid())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void work() throws IOException {
        Writer in = shell.outputWriter(StandardCharsets.UTF_8);
        in.write("\n");
        in.flush();
        BufferedReader out = shell.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("done");
    }

    private static Process shell(String script) {
        try {
            return new ProcessBuilder("sh", "-c", script).start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
