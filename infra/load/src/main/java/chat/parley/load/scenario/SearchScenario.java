package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.RestClient;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.metrics.RequestHistogram;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/** An analyst who searches all that was said: how long until it can be found, and how long each kind of query takes. */
final class SearchScenario {
    private static final Pattern LAG = Pattern.compile("parley_search_lag_events(?:\\{.*})? ([0-9.E]+|NaN)");
    private static final String PATH = "/search";
    private static final String TEMPLATE = "/api/v1" + PATH;
    private static final String COMMON_WORD = "install";
    private static final int DIGITS = 3;
    private static final int DEEP = 20;
    private static final long LOOK_EVERY_MS = 100;

    private final ScenarioRun bench;
    private final UserAccount analyst;
    private final Histogram all = new ConcurrentHistogram(DIGITS);
    private final LongAdder asked = new LongAdder();
    private volatile boolean measured;
    private volatile boolean over;

    SearchScenario(ScenarioRun bench) throws InterruptedException {
        this.bench = bench;
        analyst = bench.signUp(1).getFirst();
    }

    /** @param expected of every hit */
    private record Search(String name, String path, Predicate<JsonNode> expected, Histogram micros) {
        static Search of(String name, String query, Predicate<JsonNode> expected) {
            return new Search(name, PATH + "?q=" + encoded(query), expected, new ConcurrentHistogram(DIGITS));
        }

        static Search of(String name, String query) {
            return of(name, query, _ -> true);
        }
    }

    void play(int readers) throws IOException, InterruptedException {
        bench.figure("indexLagSeconds", awaitIndexed(bench));
        bench.grant(analyst, "analyst", "investigator");
        List<Search> searches = searches();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reading = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                reading.add(threads.submit(() -> search(searches)));
            }
            RequestHistogram[] before = new RequestHistogram[1];
            try {
                ScenarioRun.Window window = bench.measure(
                        _ -> {
                            before[0] = serverTimes();
                            measured = true;
                        },
                        () -> "%,d answers".formatted(asked.sum()));
                measured = false;
                report(window, serverTimes().since(before[0]), searches);
            } finally {
                over = true;
            }
            for (Future<?> one : reading) {
                Object ignored = Await.result(one);
            }
        }
        bench.checked("answers", asked.sum());
    }

    /** Seconds until the index had seen every event there was meanwhile. */
    static double awaitIndexed(ScenarioRun bench) {
        long beganNanos = System.nanoTime();
        while (lag(bench) != 0) {
            if (System.nanoTime() - beganNanos > bench.patience().toNanos()) {
                throw new RunAbortedException("The index stays behind", null);
            }
            RestClient.pause(LOOK_EVERY_MS);
        }
        return (System.nanoTime() - beganNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** In events; no number while nothing is indexed. */
    private static double lag(ScenarioRun bench) {
        return bench.rest()
                .metrics()
                .lines()
                .map(LAG::matcher)
                .filter(Matcher::matches)
                .mapToDouble(gauge -> Double.parseDouble(gauge.group(1)))
                .findFirst()
                .orElseThrow(
                        () -> new RunAbortedException("The server does not tell how far its index is behind", null));
    }

    private List<Search> searches() {
        JsonNode somewhere = found(COMMON_WORD, "").path("hits").path(0);
        if (somewhere.isMissingNode()) {
            throw new RunAbortedException(
                    "Nothing was said that could be found: play a log with `replay` before", null);
        }
        String sender = somewhere.path("sender").asString();
        String conversation = somewhere.path("conversation").asString();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return List.of(
                Search.of("korean-word", "비밀번호가"),
                Search.of("korean-words", "면접 준비"),
                Search.of("english-word", "mounted"),
                Search.of("english-words", "resizing ntfs partitions"),
                Search.of("phrase", "\"no space left on device\""),
                Search.of(
                        "from",
                        COMMON_WORD + " from:" + sender,
                        hit -> hit.path("sender").asString().equals(sender)),
                Search.of(
                        "in",
                        COMMON_WORD + " in:" + conversation,
                        hit -> hit.path("conversation").asString().equals(conversation)),
                Search.of("dates", "kernel after:" + today.minusYears(1) + " before:" + today.plusDays(2)),
                new Search("deep-page", deepPage(), _ -> true, new ConcurrentHistogram(DIGITS)),
                Search.of("past", "wireless as-of:" + today));
    }

    /** The page after so many others. */
    private String deepPage() {
        String cursor = "";
        for (int page = 0; page < DEEP; page++) {
            JsonNode next = found(COMMON_WORD, cursor).path("next");
            if (!next.isString()) {
                break;
            }
            cursor = "&cursor=" + encoded(next.asString());
        }
        return PATH + "?q=" + COMMON_WORD + cursor;
    }

    private JsonNode found(String query, String cursor) {
        return analyst.call(token -> bench.rest().get(PATH + "?q=" + encoded(query) + cursor, token));
    }

    private void search(List<Search> searches) {
        for (int turn = 0; !over; turn++) {
            Search search = searches.get(turn % searches.size());
            String token = analyst.token();
            long beganNanos = System.nanoTime();
            JsonNode answer = bench.rest().get(search.path, token);
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - beganNanos);
            if (measured) {
                all.recordValue(micros);
                search.micros.recordValue(micros);
            }
            asked.increment();
            check(search, answer);
        }
    }

    private void check(Search search, JsonNode answer) {
        if (!answer.path("hits").isArray()) {
            bench.violations().add(Violations.Kind.SEARCH_DIFFERS, search.name + " has no hits");
        }
        answer.path("hits").forEach(hit -> {
            if (hit.path("text").asString("").isEmpty() || !search.expected.test(hit)) {
                bench.violations().add(Violations.Kind.SEARCH_DIFFERS, search.name + " finds what it should not");
            }
        });
    }

    private RequestHistogram serverTimes() {
        return RequestHistogram.of(bench.rest().metrics(), TEMPLATE);
    }

    private void report(ScenarioRun.Window window, RequestHistogram server, List<Search> searches) {
        bench.figure("searchesPerSecond", all.getTotalCount() / window.seconds());
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuMicrosPerSearch", cpuSeconds * TimeUnit.SECONDS.toMicros(1) / all.getTotalCount());
        }
        bench.latency("clientSeen", Percentiles.of(all));
        searches.forEach(search -> bench.latency(search.name, Percentiles.of(search.micros)));
        Percentiles serverTime = server.percentiles();
        if (serverTime.count() == 0) {
            throw new RunAbortedException(
                    "The server does not tell its own times: start it with " + RequestHistogram.NEEDS, null);
        }
        bench.latency("serverTime", serverTime);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
