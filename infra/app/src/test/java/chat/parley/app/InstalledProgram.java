package chat.parley.app;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests need and Parley does not bring. */
final class InstalledProgram {
    private InstalledProgram() {}

    /** The first of these names on the path. Skips the test that calls this if there is none. */
    static Path require(String... names) {
        List<String> folders = Arrays.asList(System.getenv("PATH").split(File.pathSeparator));
        Optional<Path> found = Arrays.stream(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), () -> "Not tested, because there is no " + names[0] + " on the path");
        return found.orElseThrow();
    }
}
