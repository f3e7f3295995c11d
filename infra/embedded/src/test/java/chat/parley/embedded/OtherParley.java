package chat.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** Engines in another JVM, which a test kills or which holds the lock of a data directory. */
record OtherParley(Process process, Path output) implements AutoCloseable {

    private static final String READY = "other parley is ready, engine ";

    public static void main(String[] args) throws InterruptedException {
        TestEngines engines = TestEngines.start(Path.of(args[0]));
        stayReady(engines.postgresPid());
    }

    static void stayReady(long engine) throws InterruptedException {
        System.out.println(READY + engine + ".");
        new CountDownLatch(1).await();
    }

    static OtherParley launch(Path dataDir, Path output) throws IOException {
        return launch(OtherParley.class, dataDir, output);
    }

    static OtherParley launch(Class<?> main, Path dataDir, Path output) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-D" + SearchServer.ARCHIVE + "=" + System.getProperty(SearchServer.ARCHIVE),
                        "-cp",
                        classPath,
                        main.getName(),
                        dataDir.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new OtherParley(process, output);
    }

    OtherParley awaitReady() {
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> said().contains(READY) || !process.isAlive());
        if (!said().contains(READY)) {
            throw new AssertionError("it ended: " + said());
        }
        return this;
    }

    ProcessHandle engine() {
        String rest = said().substring(said().indexOf(READY) + READY.length());
        return ProcessHandle.of(Long.parseLong(rest.substring(0, rest.indexOf('.'))))
                .orElseThrow();
    }

    String said() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        List<ProcessHandle> both = List.of(process.toHandle());
        both.forEach(ProcessHandle::destroy);
        process.onExit().join();
    }
}
