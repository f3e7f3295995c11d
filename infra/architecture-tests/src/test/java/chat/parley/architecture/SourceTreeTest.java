package chat.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
    private static final int MOST_CLASSES = 22;

    /** Tests run in their module's folder. */
    private static final Path PARLEY = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    Path elsewhere;

    @Test
    void hasNoPackageOfMoreThanSomeTwentyClasses() throws IOException {
        assertThat(SourceTree.of(PARLEY).largerThan(MOST_CLASSES)).isEmpty();
    }

    @Test
    void hasEveryFileUnderItsModulesRootPackage() throws IOException {
        assertThat(SourceTree.of(PARLEY).misplaced()).isEmpty();
    }

    @Test
    void findsALargePackage() throws IOException {
        write("package-info", "chat.parley.wire");
        for (int i = 0; i <= MOST_CLASSES; i++) {
            write("Class" + i, "chat.parley.wire");
        }
        assertThat(SourceTree.of(elsewhere).largerThan(MOST_CLASSES))
                .containsOnlyKeys("chat.parley.wire")
                .containsValue(MOST_CLASSES + 1L);
        assertThat(SourceTree.of(elsewhere).largerThan(MOST_CLASSES + 1)).isEmpty();
    }

    @Test
    void findsFilesThatAreMisplaced() throws IOException {
        write("Good", "chat.parley.wire");
        write("InAnotherModulesPackage", "chat.parley.push");
        Files.move(
                write("InAnotherFolder", "chat.parley.wire"),
                Files.createDirectories(sources().resolve("chat/parley/wire/other"))
                        .resolve("InAnotherFolder.java"));
        assertThat(SourceTree.of(elsewhere).misplaced())
                .containsExactlyInAnyOrder(
                        "query-side/wire/src/main/java/chat/parley/push/InAnotherModulesPackage.java",
                        "query-side/wire/src/main/java/chat/parley/wire/other/InAnotherFolder.java");
    }

    private Path write(String name, String itsPackage) throws IOException {
        Path folder = Files.createDirectories(sources().resolve(itsPackage.replace('.', '/')));
        return Files.writeString(folder.resolve(name + ".java"), "package " + itsPackage + ";\n");
    }

    private Path sources() {
        return elsewhere.resolve("query-side/wire/src/main/java");
    }
}
