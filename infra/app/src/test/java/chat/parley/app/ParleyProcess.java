package chat.parley.app;

import chat.parley.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Parley as a separate process that a test can kill. */
final class ParleyProcess {
    private static final Pattern READY = Pattern.compile("Parley.* is ready.*http://localhost:(\\d+)");

    private ParleyProcess() {}

    static ChildJvm start(Path dataDir, Path log, String... settings) {
        return start(program(ChildJvm.classPath()), dataDir, log, settings);
    }

    /** The program on this class path. */
    static List<String> program(String classPath) {
        return List.of("-cp", classPath, ParleyApplication.class.getName());
    }

    /** @param program the last options of the JVM, which name what it runs */
    static ChildJvm start(List<String> program, Path dataDir, Path log, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Daxoniq.update-checker.disabled=true",
                "-Ddisable-axoniq-console-message=true"));
        arguments.addAll(program);
        arguments.addAll(ParleyServer.arguments(dataDir, List.of(settings)));
        arguments.add("--parley.limits.enabled=false");
        return ChildJvm.start(log, arguments);
    }

    /** Waits for the line that announces that Parley is ready. */
    static int awaitPort(ChildJvm parley) {
        return Integer.parseInt(parley.await(READY));
    }
}
