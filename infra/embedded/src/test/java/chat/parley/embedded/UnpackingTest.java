package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.embedded.process.AtomicUnpacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
    @TempDir
    Path parent;

    @Test
    void keepsTheFilesThatAnotherStartHasUnpackedMeanwhile() throws IOException {
        Path home = parent.resolve("home");
        AtomicUnpacking.of(
                ours -> {
                    Files.writeString(ours.resolve("file"), "ours");
                    AtomicUnpacking.of(theirs -> Files.writeString(theirs.resolve("file"), "theirs"), parent, home);
                },
                parent,
                home);
        assertThat(home.resolve("file")).hasContent("theirs");
        assertThat(parent).isDirectoryNotContaining("glob:**unpacking-*");
    }

    @Test
    void leavesNothingAfterAFailure() {
        Path home = parent.resolve("home");
        assertThatThrownBy(() -> AtomicUnpacking.of(
                        directory -> {
                            Files.writeString(directory.resolve("file"), "half");
                            throw new IOException("the disk is full");
                        },
                        parent,
                        home))
                .hasMessage("the disk is full");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void writesNothingOutsideItsDirectory() {
        assertThatThrownBy(() -> AtomicUnpacking.place(parent, Path.of("bin", "..", "..", "elsewhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside its root");
    }
}
