package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.metrics.PrometheusText;
import chat.parley.load.workload.ClosedLoopReads;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Searches by an analyst, once the index is up to date. */
@Command(
        name = "search",
        description =
                "Waits until the search index is up to date, then searches as an analyst, with ten kinds of queries"
                        + " in turn. The queries fit what `replay` plays: Korean dialogues and #ubuntu.")
final class SearchScenario extends Scenario {
    private static final String PATH = "/search";
    private static final String TEMPLATE = "/api/v1" + PATH;
    private static final String COMMON_WORD = "install";
    private static final int DIGITS = 3;
    private static final int DEEP_PAGE = 20;
    private static final long POLL_MS = 100;

    @Option(names = "--readers", defaultValue = "1", description = "Concurrent requests (${DEFAULT-VALUE}).")
    private int readers;

    private record Query(String name, ClosedLoopReads.Read read, Histogram micros) {}

    @Override
    Map<String, Object> settings() {
        return Map.of("readers", readers);
    }

    @Override
    void play() throws IOException, InterruptedException {
        UserAccount analyst = run().signUp(1).getFirst();
        run().figure("indexLagSeconds", awaitIndexed(run()));
        run().grantRoles(analyst, "analyst", "investigator");
        List<Query> queries = queries(analyst);
        AtomicInteger next = new AtomicInteger();
        new ClosedLoopReads(
                        run(),
                        analyst,
                        TEMPLATE,
                        () -> queries.get(Math.floorMod(next.getAndIncrement(), queries.size()))
                                .read())
                .play(readers, "searchesPerSecond", "serverCpuMicrosPerSearch");
        queries.forEach(query -> run().latency(query.name, Percentiles.of(query.micros)));
    }

    /** Seconds until the index contained every event. */
    static double awaitIndexed(ScenarioRun run) {
        long startedNanos = System.nanoTime();
        while (lag(run) != 0) {
            if (System.nanoTime() - startedNanos > run.patience().toNanos()) {
                throw new RunAbortedException("The search index stays behind", null);
            }
            Await.pause(POLL_MS);
        }
        return (System.nanoTime() - startedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** In events; not a number while the server does not index. */
    private static double lag(ScenarioRun run) {
        return PrometheusText.samples(run.rest().metrics(), "parley_search_lag_events")
                .findFirst()
                .orElseThrow(() -> new RunAbortedException("The server has no metric of its search index's lag", null));
    }

    private List<Query> queries(UserAccount analyst) {
        JsonNode hit = search(analyst, COMMON_WORD, "").path("hits").path(0);
        if (hit.isMissingNode()) {
            throw new RunAbortedException("The search index is empty: play a log with `replay` before", null);
        }
        String sender = hit.path("sender").asString();
        String conversation = hit.path("conversation").asString();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return List.of(
                query("korean-word", "비밀번호가", _ -> true),
                query("korean-words", "면접 준비", _ -> true),
                query("english-word", "mounted", _ -> true),
                query("english-words", "resizing ntfs partitions", _ -> true),
                query("phrase", "\"no space left on device\"", _ -> true),
                query(
                        "from",
                        COMMON_WORD + " from:" + sender,
                        any -> sender.equals(any.path("sender").asString())),
                query(
                        "in",
                        COMMON_WORD + " in:" + conversation,
                        any -> conversation.equals(any.path("conversation").asString())),
                query("dates", "kernel after:" + today.minusYears(1) + " before:" + today.plusDays(2), _ -> true),
                read("deep-page", deepPage(analyst), _ -> true),
                query("past", "wireless as-of:" + today, _ -> true));
    }

    private Query query(String name, String query, Predicate<JsonNode> matches) {
        return read(name, PATH + "?reason=load%20test&q=" + encoded(query), matches);
    }

    /** @param matches has to be true of every hit */
    private Query read(String name, String path, Predicate<JsonNode> matches) {
        Histogram micros = new ConcurrentHistogram(DIGITS);
        return new Query(name, new ClosedLoopReads.Read(path, answer -> check(name, matches, answer), micros), micros);
    }

    private String deepPage(UserAccount analyst) {
        String cursor = "";
        for (int page = 0; page < DEEP_PAGE; page++) {
            JsonNode next = search(analyst, COMMON_WORD, cursor).path("next");
            if (!next.isString()) {
                break;
            }
            cursor = "&cursor=" + encoded(next.asString());
        }
        return PATH + "?reason=load%20test&q=" + COMMON_WORD + cursor;
    }

    private JsonNode search(UserAccount analyst, String query, String cursor) {
        return analyst.call(
                token -> run().rest().get(PATH + "?reason=load%20test&q=" + encoded(query) + cursor, token));
    }

    private void check(String name, Predicate<JsonNode> matches, JsonNode answer) {
        if (!answer.path("hits").isArray()) {
            run().violations().add(Violations.Kind.SEARCH_DIFFERS, name + " has no hits");
        }
        answer.path("hits").forEach(hit -> {
            if (hit.path("text").asString("").isEmpty() || !matches.test(hit)) {
                run().violations().add(Violations.Kind.SEARCH_DIFFERS, name + " finds what it should not");
            }
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
