package chat.parley.transparency.storage;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.transparency.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path directory;

    @Test
    void areReplacedWhole() throws IOException {
        Path file = directory.resolve("a/b/file");
        DurableFiles.write(file, new byte[] {1, 2});
        DurableFiles.write(file, new byte[] {3});
        assertThat(DurableFiles.read(file, 10))
                .hasValueSatisfying(content -> assertThat(content).containsExactly(3));
        assertThat(names(directory.resolve("a/b"))).containsExactly("file");
    }

    @Test
    void areCreatedOnce() throws IOException {
        Path file = directory.resolve("a/file");
        assertThat(DurableFiles.create(file, new byte[] {1})).isTrue();
        assertThat(DurableFiles.create(file, new byte[] {2})).isFalse();
        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(names(directory.resolve("a"))).containsExactly("file");
    }

    @Test
    void areReadUpToALimit() {
        Path file = directory.resolve("file");
        assertThat(DurableFiles.read(file, 1)).isEmpty();
        DurableFiles.write(file, new byte[2]);
        assertThat(DurableFiles.read(file, 2)).isPresent();
        assertRefused(Reason.TOO_LARGE, () -> DurableFiles.read(file, 1));
    }

    @Test
    void areNotWrittenBelowAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DurableFiles.write(file.resolve("below"), new byte[1]))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> DurableFiles.create(file.resolve("below"), new byte[1]))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
