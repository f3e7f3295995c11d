package chat.parley.embedded.elasticsearch;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.EmbeddedProperties;
import chat.parley.embedded.process.Ports;
import chat.parley.embedded.process.Processes;
import chat.parley.embedded.process.ServiceAccount;
import chat.parley.embedded.process.ShutdownHook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Elasticsearch as a child process. It starts in the background, because chat works without search, and is
 * restarted whenever it ends by itself.
 */
final class ElasticsearchEngine implements EmbeddedSearch, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ElasticsearchEngine.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A process that ended sooner after its start will probably fail again, so the pause grows. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(250);

    private final Path binariesDir;
    private final Path archive;
    private final EmbeddedProperties properties;
    private final ElasticsearchAccess access;
    private final ElasticsearchKey key;
    private final ElasticsearchNode node;
    private final URI address;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread supervisor =
            Thread.ofPlatform().daemon().name("elasticsearch-supervisor").unstarted(this::supervise);
    private final ShutdownHook stop;

    private ElasticsearchEngine(DataDirectory data, EmbeddedProperties properties) {
        this.binariesDir = properties.binariesDir(data);
        this.archive = archive(properties);
        this.properties = properties;
        this.access = ElasticsearchAccess.openOrCreate(data);
        this.key = ElasticsearchKey.openOrCreate(data, access.file());
        int port = Ports.steady();
        this.node = new ElasticsearchNode(data.resolve("elasticsearch"), access, key, port, properties);
        this.address = URI.create("https://127.0.0.1:" + port);
        this.stop = ShutdownHook.register(this::stop);
    }

    static ElasticsearchEngine start(DataDirectory data, EmbeddedProperties properties) {
        ElasticsearchEngine engine = new ElasticsearchEngine(data, properties);
        engine.supervisor.start();
        return engine;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public String username() {
        return ElasticsearchAccess.USERNAME;
    }

    @Override
    public String password() {
        return access.password();
    }

    @Override
    public String certificate() {
        return key.certificate();
    }

    @Override
    public void close() {
        stop.run();
        log.info("Elasticsearch has stopped");
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        try {
            do {
                long began = System.nanoTime();
                try {
                    ProcessHandle process = startNode();
                    awaitEnd(process);
                } catch (StartupFailure failure) {
                    if (!isStopping()) {
                        log.error(
                                "Search is not available. {} {}",
                                failure.description(),
                                failure.advice(),
                                failure.getCause());
                    }
                }
                pause = System.nanoTime() - began > STEADY.toNanos() ? FIRST_PAUSE : longer(pause);
            } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessHandle startNode() {
        long began = System.nanoTime();
        ElasticsearchBinaries binaries = ElasticsearchBinaries.unpackInto(binariesDir, archive);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ServiceAccount account = ServiceAccount.choose(properties.unprivilegedUser(), java);
        ProcessHandle process = node.start(binaries, account);
        log.info(
                "Elasticsearch is up on port {} (process {}), {} ms",
                address.getPort(),
                process.pid(),
                (System.nanoTime() - began) / 1_000_000);
        return process;
    }

    private void awaitEnd(ProcessHandle process) throws InterruptedException {
        while (!stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!Processes.isRunning(process)) {
                log.warn("Elasticsearch (process {}) ended unexpectedly; it is restarted", process.pid());
                return;
            }
        }
    }

    private void stop() {
        stopping.countDown();
        try {
            // A start in progress fails when its process ends, but may have created another process meanwhile.
            do {
                node.stop();
            } while (!supervisor.join(POLL));
            node.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private static Path archive(EmbeddedProperties properties) {
        if (properties.searchArchive() == null) {
            throw new StartupFailure(
                    "Search is enabled, but there is no Elasticsearch archive.",
                    "Download " + ARCHIVE + " and set parley.embedded.search-archive to the file.");
        }
        return properties.searchArchive().toAbsolutePath().normalize();
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
