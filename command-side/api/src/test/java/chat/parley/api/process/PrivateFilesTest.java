package chat.parley.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    Path directory;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aWrittenFileIsItsOwnersOnly() throws IOException {
        Path file = directory.resolve("file");
        PrivateFiles.write(file, "text");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("text");
    }

    @Test
    void aReplacedFileIsItsOwnersOnlyWhateverItWasAndWhateverWasLeftOver() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "old");
        Files.writeString(directory.resolve("file.new"), "left over");
        PrivateFiles.write(file, "new");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("new");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anExistingFileIsNotEmptied() throws IOException {
        Path file = directory.resolve("file");
        PrivateFiles.createFileIfMissing(file);
        assertThat(permissions(file)).isEqualTo("rw-------");
        Files.writeString(file, "text");
        PrivateFiles.createFileIfMissing(file);
        assertThat(file).hasContent("text");
    }

    @Test
    void aDirectoryIsItsOwnersOnlyAndAnExistingOneStaysAsItIs() throws IOException {
        Path made = PrivateFiles.createDirectory(directory.resolve("parent/private"));
        assertThat(permissions(made)).isEqualTo("rwx------");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(permissions(PrivateFiles.createDirectory(made))).isEqualTo("rwxr-x---");
    }
}
