package chat.parley.load.harness;

import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What all scenarios have in common: people who sign up and connect, a warm-up that is thrown away, a window in which
 * the processor time of server and client is accounted, and the report. All sockets are on one event loop, so nothing
 * that lives on it needs a lock.
 */
public final class ScenarioRun {
    private static final int RADIX = 36;
    private static final int PASSWORD_BYTES = 18;

    /** Of the window's length, before it and again after it. */
    private static final int DISK_SHARE = 10;

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MeasurementOptions options;
    private final ServerOptions serverOptions;
    private final PrintStream out;
    private final RestClient rest;
    private final ClientNetwork network;
    private final ClientMetrics metrics;
    private final FsyncProbe disk;
    private final @Nullable ServerProcesses server;
    private final String run;
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
        this.network = network;
        this.metrics = metrics;
        run = options.run == null ? "l" + Long.toString(System.currentTimeMillis(), RADIX) : options.run;
        disk = options.disk();
        server = options.server();
        if (options.revision != null) {
            this.settings.put("revision", options.revision);
        }
    }

    /** A scenario reports its figures to the run and what it finds wrong to {@link #violations()}. */
    @FunctionalInterface
    public interface Scenario {
        void play(ScenarioRun run) throws IOException, InterruptedException;
    }

    /**
     * What was accounted while something was measured.
     *
     * @param serverCpuSeconds absent where the server's processes are not known
     */
    public record Window(double seconds, @Nullable Double serverCpuSeconds, double clientCpuSeconds) {}

    /** Begins a window of so much time. */
    @FunctionalInterface
    public interface Opening {
        void begins(Duration duration) throws InterruptedException;
    }

    @FunctionalInterface
    public interface Doing {
        void once() throws InterruptedException;
    }

    /** What may block and be interrupted. */
    @FunctionalInterface
    public interface Task<T, R> {
        R of(T input) throws InterruptedException;
    }

    /** Answers the exit code. */
    public static int run(
            String name,
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
            ScenarioReport report = run.report(name);
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

    /** What usernames begin with. */
    public String run() {
        return run;
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

    public void latency(String name, Percentiles percentiles) {
        latencies.put(name, percentiles);
    }

    public void checked(String what, long count) {
        checked.merge(what, count, Long::sum);
    }

    /** So many people of this run, signed up and logged in. */
    public List<UserAccount> signUp(int people) throws InterruptedException {
        return each("sign-up", accounts(people), account -> {
            account.register();
            return account;
        });
    }

    /** Gives roles, which takes the server's own machine and its admin key, and a new token to use them. */
    public void grant(UserAccount account, String... roles) {
        String path = "/users/" + account.user() + "/roles/";
        JsonNode _ = rest.put(path + "admin", account.token(), Map.of("Parley-Admin-Key", options.adminKey()));
        account.distrust(account.token());
        for (String role : roles) {
            JsonNode _ = account.call(token -> rest.put(path + role, token));
        }
        account.distrust(account.token());
    }

    /** A device of each, connected and caught up. */
    public List<ChatClient> connect(List<UserAccount> accounts) throws InterruptedException {
        return each("connecting", accounts, account -> {
            return ChatClient.connected(account, network);
        });
    }

    private List<UserAccount> accounts(int people) {
        String password = options.password == null ? randomPassword() : options.password;
        return IntStream.range(0, people)
                .mapToObj(i -> new UserAccount(rest, run + "." + i, "Person " + i, password))
                .toList();
    }

    private static String randomPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    public ProgressBar progress(String what, long total, LongSupplier done) {
        return new ProgressBar(out, what, total, done, () -> metrics.online.get() + " online");
    }

    /** Does something blocking for each of them, as many at a time as there may be REST requests. */
    public <T, R> List<R> each(String what, List<T> inputs, Task<T, R> task) throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (ProgressBar _ = progress(what, inputs.size(), done::get);
                ExecutorService threads = Executors.newFixedThreadPool(
                        serverOptions.restConcurrency, Thread.ofVirtual().factory())) {
            List<Future<R>> coming = new ArrayList<>(inputs.size());
            for (T input : inputs) {
                coming.add(threads.submit(() -> {
                    try {
                        return task.of(input);
                    } finally {
                        done.incrementAndGet();
                    }
                }));
            }
            List<R> results = new ArrayList<>(inputs.size());
            for (Future<R> one : coming) {
                results.add(Await.result(one));
            }
            return results;
        }
    }

    /**
     * Lets the warm-up pass, then opens the window and answers when it is over.
     *
     * @param opening told the window's length when it begins
     * @param doing   what goes on, for whoever watches
     */
    public Window measure(Opening opening, Supplier<String> doing) throws IOException, InterruptedException {
        settings.put("warmupSeconds", options.warmupSeconds);
        settings.put("durationSeconds", options.durationSeconds);
        disk.sample(options.duration().dividedBy(DISK_SHARE));
        Window window;
        long beganNanos = System.nanoTime();
        long seconds = options.warmup().plus(options.duration()).toSeconds();
        try (ProgressBar _ = new ProgressBar(
                out, "seconds", seconds, () -> (long) ((System.nanoTime() - beganNanos) / NANOS_PER_SECOND), doing)) {
            TimeUnit.NANOSECONDS.sleep(options.warmup().toNanos());
            opening.begins(options.duration());
            Stopwatch stopwatch = new Stopwatch();
            TimeUnit.NANOSECONDS.sleep(options.duration().toNanos() - stopwatch.nanos());
            window = stopwatch.stop();
        }
        return accounted(window);
    }

    /** Accounts what it takes to do something once. */
    public Window measure(Doing doing) throws IOException, InterruptedException {
        disk.sample(options.duration().dividedBy(DISK_SHARE));
        Stopwatch stopwatch = new Stopwatch();
        doing.once();
        return accounted(stopwatch.stop());
    }

    private Window accounted(Window window) {
        if (window.serverCpuSeconds != null) {
            figure("serverCpuCores", window.serverCpuSeconds / window.seconds);
        }
        figure("clientCpuCores", window.clientCpuSeconds / window.seconds);
        return window;
    }

    /** Runs from its making on. */
    private final class Stopwatch {
        private final long beganNanos = System.nanoTime();
        private final long serverNanos = serverCpuNanos();
        private final long clientNanos = Machine.ownCpuNanos();

        long nanos() {
            return System.nanoTime() - beganNanos;
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

    /** Null where the server's processes are not known. */
    @Nullable
    public JvmMemory serverMemory() throws InterruptedException {
        return server == null ? null : server.jvmMemory();
    }

    private ScenarioReport report(String name) throws IOException, InterruptedException {
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
                name,
                violations.isEmpty(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                settings,
                Machine.here(),
                figures,
                latencies,
                processes,
                checked,
                metrics.codes(),
                metrics.closes(),
                violations.byLabel());
    }
}
