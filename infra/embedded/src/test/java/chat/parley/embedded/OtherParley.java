package chat.parley.embedded;

import chat.parley.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Engines in another JVM, which a test kills or which holds the lock of a data directory. */
final class OtherParley {
    private static final Pattern READY = Pattern.compile("other parley is ready, engine (\\d+)\\.");

    private OtherParley() {}

    public static void main(String[] args) throws InterruptedException {
        TestEngines engines = TestEngines.start(Path.of(args[0]));
        stayReady(engines.postgresPid());
    }

    static void stayReady(long engine) throws InterruptedException {
        System.out.println("other parley is ready, engine " + engine + ".");
        new CountDownLatch(1).await();
    }

    static ChildJvm launch(Path dataDir, Path output) {
        return launch(OtherParley.class, dataDir, output);
    }

    static ChildJvm launch(Class<?> main, Path dataDir, Path output) {
        return ChildJvm.start(
                output,
                List.of(
                        "-D" + SearchServer.ARCHIVE + "=" + System.getProperty(SearchServer.ARCHIVE),
                        main.getName(),
                        dataDir.toString()));
    }

    /** Waits until its engine runs, and answers it. */
    static ProcessHandle awaitEngine(ChildJvm parley) {
        return ProcessHandle.of(Long.parseLong(parley.await(READY))).orElseThrow();
    }
}
