package chat.parley.embedded.elasticsearch;

import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.ChildCommand;
import chat.parley.embedded.process.EmbeddedProperties;
import chat.parley.embedded.process.Processes;
import chat.parley.embedded.process.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** The files and the server process of the embedded Elasticsearch. */
final class ElasticsearchNode {

    private static final Logger log = LoggerFactory.getLogger(ElasticsearchNode.class);

    /** Killing it loses no data, so it gets less of Parley's ten seconds for a shutdown than PostgreSQL. */
    private static final Duration STOP = Duration.ofMillis(2500);

    private static final Duration STOP_HARD = Duration.ofMillis(1500);

    /** A session of its own, so that Ctrl-C in the terminal reaches only Parley. macOS has no setsid. */
    private static final List<String> SESSION_OF_ITS_OWN =
            Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("setsid") : List.of();

    private static final int LINES_OF_OUTPUT_TOLD = 5;

    /** Only warnings and above, because Elasticsearch quotes queries at lower levels. */
    private static final String LOGGING = """
            status = error

            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{ISO8601} %-5p %c{1.} %m%consoleException%n

            appender.file.type = RollingFile
            appender.file.name = file
            appender.file.fileName = ${sys:es.logs.base_path}${sys:file.separator}server.log
            appender.file.filePattern = ${sys:es.logs.base_path}${sys:file.separator}server-%i.log
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = %d{ISO8601} %-5p %c{1.} %m%n
            appender.file.policies.type = Policies
            appender.file.policies.size.type = SizeBasedTriggeringPolicy
            appender.file.policies.size.size = 1MB
            appender.file.strategy.type = DefaultRolloverStrategy
            appender.file.strategy.max = 3

            rootLogger.level = warn
            rootLogger.appenderRef.console.ref = console
            rootLogger.appenderRef.file.ref = file
            """;

    private final Path directory;
    private final ElasticsearchAccess access;
    private final ElasticsearchKey key;
    private final int port;
    private final EmbeddedProperties properties;

    ElasticsearchNode(
            Path directory, ElasticsearchAccess access, ElasticsearchKey key, int port, EmbeddedProperties properties) {
        this.directory = directory;
        this.access = access;
        this.key = key;
        this.port = port;
        this.properties = properties;
    }

    /** Returns when the server accepts requests. */
    ProcessHandle start(ElasticsearchBinaries binaries, ServiceAccount account) {
        try {
            stopOrphans();
            prepare(binaries, account);
            ChildCommand.Result result = account.run(startCommand(binaries));
            if (!result.succeeded()) {
                throw new StartupFailure(
                        "Elasticsearch did not start on %s: %s".formatted(directory, end(result.output())),
                        "Correct the cause; the logs are in " + logs() + ".");
            }
            ProcessHandle server = ProcessHandle.of(
                            Long.parseLong(Files.readString(pidFile()).strip()))
                    .orElseThrow(() -> new IOException("the process ended immediately"));
            try {
                Processes.renice(server, properties.searchNiceness());
            } catch (IOException failure) {
                log.warn(
                        "The niceness of Elasticsearch could not be set, so it may slow message delivery: {}",
                        failure.toString());
            }
            return server;
        } catch (IOException failure) {
            throw new StartupFailure("Elasticsearch could not be started: " + failure, "", failure);
        }
    }

    void stop() {
        List<ProcessHandle> processes = processes();
        processes.forEach(process -> Processes.signal(process, "TERM"));
        if (Processes.awaitGone(processes, STOP)) {
            return;
        }
        log.warn("Elasticsearch did not stop in time and is killed; it recovers at the next start");
        processes.forEach(process -> Processes.signal(process, "KILL"));
        if (!Processes.awaitGone(processes, STOP_HARD)) {
            throw new StartupFailure(
                    "Processes of an Elasticsearch still use %s and cannot be ended: %s"
                            .formatted(directory, processes),
                    "End them manually, then start Parley again.");
        }
    }

    /**
     * After a kill -9 of Parley its server keeps running, perhaps with other settings, so it is always stopped first.
     */
    private void stopOrphans() {
        if (!processes().isEmpty()) {
            log.warn("Stopping an Elasticsearch that an earlier Parley left running, before a new one is started");
            stop();
        }
    }

    private void prepare(ElasticsearchBinaries binaries, ServiceAccount account) throws IOException {
        PrivateFiles.createDirectory(directory);
        for (Path folder : List.of(data(), logs(), temporary())) {
            PrivateFiles.createDirectory(folder);
            account.own(folder);
        }
        FileSystemUtils.deleteRecursively(config());
        PrivateFiles.createDirectory(config());
        write("elasticsearch.yml", settings());
        write("log4j2.properties", LOGGING);
        write("users", access.users());
        write("users_roles", access.usersRoles());
        write("roles.yml", access.roles());
        write("parley.key", key.privateKey());
        write("parley.crt", key.certificate());
        Files.copy(binaries.config("jvm.options"), config().resolve("jvm.options"));
        PrivateFiles.createDirectory(config().resolve("jvm.options.d"));
        write("jvm.options.d/parley.options", jvmOptions());
        account.own(config());
        account.own(directory);
    }

    private void write(String name, String text) throws IOException {
        PrivateFiles.write(config().resolve(name), text);
    }

    private ChildCommand startCommand(ElasticsearchBinaries binaries) {
        return new ChildCommand(List.of(
                        "env",
                        "ES_JAVA_HOME=" + System.getProperty("java.home"),
                        // The launchers run for seconds.
                        "CLI_JAVA_OPTS=-XX:TieredStopAtLevel=1",
                        "ES_PATH_CONF=" + config(),
                        "ES_TMPDIR=" + temporary(),
                        binaries.program().toString(),
                        "--daemonize",
                        "--pidfile",
                        pidFile().toString()))
                .under(List.of("nice", "-n", String.valueOf(properties.searchNiceness())))
                .under(SESSION_OF_ITS_OWN);
    }

    private String settings() {
        return """
                cluster.name: parley
                node.name: parley
                discovery.type: single-node
                network.host: 127.0.0.1
                http.port: %d
                path.data: '%s'
                path.logs: '%s'
                # Above its disk thresholds, Elasticsearch would make indexes read-only.
                cluster.routing.allocation.disk.threshold_enabled: false
                action.auto_create_index: false
                xpack.security.enabled: true
                xpack.security.autoconfiguration.enabled: false
                xpack.security.enrollment.enabled: false
                xpack.security.http.ssl.enabled: true
                xpack.security.http.ssl.key: parley.key
                xpack.security.http.ssl.certificate: parley.crt
                xpack.security.transport.ssl.enabled: true
                xpack.security.transport.ssl.key: parley.key
                xpack.security.transport.ssl.certificate: parley.crt
                xpack.security.transport.ssl.certificate_authorities: parley.crt
                xpack.security.authc.reserved_realm.enabled: false
                xpack.security.authc.realms.file.parley.order: 0
                """.formatted(port, quoted(data()), quoted(logs()));
    }

    private String jvmOptions() {
        return """
                -Xms%1$dm
                -Xmx%1$dm
                # A heap dump would contain plain texts, and the log of collections takes 2 GB.
                -XX:-HeapDumpOnOutOfMemoryError
                -Xlog:disable
                -Xlog:all=error:stderr
                -Des.queryable_built_in_roles_enabled=false
                %2$s
                """.formatted(
                        properties.searchHeap().toMegabytes(),
                        String.join(System.lineSeparator(), properties.searchJvmOptions()));
    }

    private List<ProcessHandle> processes() {
        return Processes.javaWithArguments(
                Set.of("-Djava.io.tmpdir=" + temporary(), pidFile().toString()));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    private static String end(String output) {
        List<String> lines = output.lines().toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LINES_OF_OUTPUT_TOLD))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private Path config() {
        return directory.resolve("config");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path logs() {
        return directory.resolve("logs");
    }

    private Path temporary() {
        return directory.resolve("tmp");
    }

    private Path pidFile() {
        return directory.resolve("elasticsearch.pid");
    }
}
