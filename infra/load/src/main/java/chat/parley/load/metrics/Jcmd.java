package chat.parley.load.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Asks a JVM of this machine and user by the tool of the JDK that we run on. */
final class Jcmd {
    private Jcmd() {}

    static List<String> ask(long pid, String command) throws InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            // To a file: the JVM stands still until all of this is written, which a full pipe would prolong.
            Path answer = Files.createTempFile("jcmd", null);
            try {
                int exitCode = new ProcessBuilder(jcmd, Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile())
                        .start()
                        .waitFor();
                if (exitCode != 0) {
                    throw new IOException("jcmd says: " + Files.readString(answer));
                }
                return Files.readAllLines(answer);
            } finally {
                Files.delete(answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
