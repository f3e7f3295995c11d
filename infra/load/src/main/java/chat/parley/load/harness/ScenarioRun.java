package chat.parley.load.harness;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.Parallel;
import chat.parley.load.client.RequestRefusedException;
import chat.parley.load.client.RestClient;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.FsyncProbe;
import chat.parley.load.metrics.JvmMemory;
import chat.parley.load.metrics.Machine;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.metrics.SendTimes;
import chat.parley.load.metrics.ServerProcesses;
import chat.parley.load.report.ScenarioReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One run of a scenario: sign-up and connections, a warm-up that is not measured, a window that is, and the report. All
 * sockets are on one event loop, so state that is confined to it needs no lock.
 */
public final class ScenarioRun {
    private static final int RADIX = 36;

    /** The disk is probed before and after the window, for this part of its length each. */
    private static final int DISK_SHARE = 10;

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MeasurementOptions options;
    private final ServerOptions serverOptions;
    private final PrintStream out;
    private final RestClient rest;
    private final ConversationApi conversations;
    private final ClientNetwork network;
    private final ClientMetrics metrics;
    private final FsyncProbe disk;
    private final @Nullable ServerProcesses server;
    private final String name;
    private final Map<String, Object> settings;
    private final Violations violations = new Violations();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, Percentiles> latencies = new LinkedHashMap<>();
    private final Map<String, Long> checked = new LinkedHashMap<>();

    private ScenarioRun(
            Map<String, Object> settings,
            ServerOptions serverOptions,
            MeasurementOptions options,
            PrintStream out,
            RestClient rest,
            ClientNetwork network,
            ClientMetrics metrics) {
        this.settings = new TreeMap<>(settings);
        this.options = options;
        this.serverOptions = serverOptions;
        this.out = out;
        this.rest = rest;
        conversations = new ConversationApi(rest, serverOptions.patience());
        this.network = network;
        this.metrics = metrics;
        name = options.run == null ? "l" + Long.toString(System.currentTimeMillis(), RADIX) : options.run;
        disk = options.disk();
        server = options.server();
        if (options.revision != null) {
            this.settings.put("revision", options.revision);
        }
    }

    /** Reports its figures to the run, and what its checks find to {@link #violations()}. */
    @FunctionalInterface
    public interface Scenario {
        void play(ScenarioRun run) throws IOException, InterruptedException;
    }

    /**
     * A measured time span and the processor time used in it.
     *
     * @param serverCpuSeconds absent if the server's processes are not known
     */
    public record Window(double seconds, @Nullable Double serverCpuSeconds, double clientCpuSeconds) {}

    /** Told when the window starts, and how long it is. */
    @FunctionalInterface
    public interface WindowListener {
        void windowOpened(Duration duration) throws InterruptedException;
    }

    @FunctionalInterface
    public interface BlockingTask {
        void run() throws InterruptedException;
    }

    /** Answers the exit code. */
    public static int play(
            String scenarioName,
            Map<String, Object> settings,
            ServerOptions serverOptions,
            MeasurementOptions options,
            Scenario scenario)
            throws IOException, InterruptedException {
        PrintStream out = System.out;
        ClientMetrics metrics = new ClientMetrics(new SendTimes(0));
        try (RestClient rest = serverOptions.rest(metrics);
                ClientNetwork network = new ClientNetwork(1, serverOptions.patience(), metrics)) {
            ScenarioRun run = new ScenarioRun(settings, serverOptions, options, out, rest, network, metrics);
            scenario.play(run);
            ScenarioReport report = run.report(scenarioName);
            report.print(out);
            if (options.report != null) {
                report.write(options.report);
            }
            return report.passed() ? 0 : 1;
        } catch (RequestRefusedException | RunAbortedException e) {
            out.println("FAILED: " + e.getMessage());
            return 1;
        }
    }

    public RestClient rest() {
        return rest;
    }

    public ClientNetwork network() {
        return network;
    }

    public ClientMetrics metrics() {
        return metrics;
    }

    public ConversationApi conversations() {
        return conversations;
    }

    /** The prefix of all usernames. */
    public String name() {
        return name;
    }

    public Duration patience() {
        return serverOptions.patience();
    }

    public Violations violations() {
        return violations;
    }

    public void figure(String name, double figure) {
        figures.put(name, figure);
    }

    /**
     * Reports the server's processor seconds within the window times a factor, if the server's processes are known.
     */
    public void serverCpu(String figure, Window window, double factor) {
        if (window.serverCpuSeconds != null) {
            figure(figure, window.serverCpuSeconds * factor);
        }
    }

    public void latency(String name, Percentiles percentiles) {
        latencies.put(name, percentiles);
    }

    public void checked(String what, long count) {
        checked.merge(what, count, Long::sum);
    }

    /** Signs up this number of people and logs them in. */
    public List<UserAccount> signUp(int people) throws InterruptedException {
        return inParallel("sign-up", accounts(people), account -> {
            account.register();
            return account;
        });
    }

    /** Makes the account an administrator with these roles, by the admin key in the server's data directory. */
    public void grantRoles(UserAccount account, String... roles) {
        String path = "/users/" + account.user() + "/roles/%s?reason=load%%20test";
        JsonNode _ = rest.put(path.formatted("admin"), account.token(), Map.of("Parley-Admin-Key", options.adminKey()));
        account.replaceToken(account.token());
        for (String role : roles) {
            JsonNode _ = account.call(token -> rest.put(path.formatted(role), token));
        }
        account.replaceToken(account.token());
    }

    /** Connects a client of each account, and waits until it has caught up. */
    public List<ChatClient> connect(List<UserAccount> accounts) throws InterruptedException {
        return inParallel("connecting", accounts, account -> {
            return ChatClient.connected(account, network);
        });
    }

    private List<UserAccount> accounts(int people) {
        String password = options.password == null ? UserAccount.randomPassword() : options.password;
        return IntStream.range(0, people)
                .mapToObj(i -> new UserAccount(rest, name + "." + i, "Person " + i, password))
                .toList();
    }

    public ProgressBar progress(String what, long total, LongSupplier done) {
        return new ProgressBar(out, what, total, done, () -> metrics.online() + " online");
    }

    /** Runs a blocking function for each input, as many at a time as there may be REST requests. */
    public <T, R> List<R> inParallel(String what, List<T> inputs, Parallel.BlockingFunction<T, R> function)
            throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (ProgressBar _ = progress(what, inputs.size(), done::get)) {
            return Parallel.map(serverOptions.restConcurrency, inputs, done, function);
        }
    }

    /**
     * Waits for the warm-up, then measures a window.
     *
     * @param status shown beside the progress bar
     */
    public Window measure(WindowListener listener, Supplier<String> status) throws IOException, InterruptedException {
        settings.put("warmupSeconds", options.warmupSeconds);
        settings.put("durationSeconds", options.durationSeconds);
        disk.sample(options.duration().dividedBy(DISK_SHARE));
        Window window;
        long startedNanos = System.nanoTime();
        long seconds = options.warmup().plus(options.duration()).toSeconds();
        try (ProgressBar _ = new ProgressBar(
                out,
                "seconds",
                seconds,
                () -> (long) ((System.nanoTime() - startedNanos) / NANOS_PER_SECOND),
                status)) {
            TimeUnit.NANOSECONDS.sleep(options.warmup().toNanos());
            listener.windowOpened(options.duration());
            Stopwatch stopwatch = new Stopwatch();
            TimeUnit.NANOSECONDS.sleep(options.duration().toNanos() - stopwatch.nanos());
            window = stopwatch.stop();
        }
        return accounted(window);
    }

    /** Measures a window as long as the task takes. */
    public Window measure(BlockingTask task) throws IOException, InterruptedException {
        disk.sample(options.duration().dividedBy(DISK_SHARE));
        Stopwatch stopwatch = new Stopwatch();
        task.run();
        return accounted(stopwatch.stop());
    }

    private Window accounted(Window window) {
        serverCpu("serverCpuCores", window, 1 / window.seconds);
        figure("clientCpuCores", window.clientCpuSeconds / window.seconds);
        return window;
    }

    private final class Stopwatch {
        private final long startedNanos = System.nanoTime();
        private final long serverNanos = serverCpuNanos();
        private final long clientNanos = Machine.ownCpuNanos();

        long nanos() {
            return System.nanoTime() - startedNanos;
        }

        Window stop() {
            return new Window(
                    nanos() / NANOS_PER_SECOND,
                    server == null ? null : (serverCpuNanos() - serverNanos) / NANOS_PER_SECOND,
                    (Machine.ownCpuNanos() - clientNanos) / NANOS_PER_SECOND);
        }

        private long serverCpuNanos() {
            return server == null ? 0 : server.cpuNanos();
        }
    }

    /** Absent if the server's processes are not known. */
    @Nullable
    public JvmMemory serverMemory() throws InterruptedException {
        return server == null ? null : server.jvmMemory();
    }

    private ScenarioReport report(String scenarioName) throws IOException, InterruptedException {
        disk.sample(options.duration().dividedBy(DISK_SHARE));
        latency(ScenarioReport.DISK, disk.percentiles());
        Map<String, Integer> processes = Map.of();
        if (server != null) {
            ServerProcesses.Memory memory = server.memory();
            processes = memory.processes();
            figure("serverRssBytes", (double) memory.rssBytes());
            figure("serverPssBytes", (double) memory.pssBytes());
            figure("serverLiveHeapBytes", (double) server.jvmMemory().liveHeapBytes());
        }
        violations.protocol(metrics);
        return new ScenarioReport(
                scenarioName,
                violations.isEmpty(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                settings,
                Machine.here(),
                figures,
                latencies,
                processes,
                checked,
                metrics.errorCodes(),
                metrics.closes(),
                violations.byLabel());
    }
}
