package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.query.JudgedQuery.Retrieval;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures relevance on real conversations, which are not part of the project, and writes RELEVANCE.md. */
@Tag("relevance")
class RelevanceTest {
    private static final String DATA = System.getProperty("parley.relevance.data", "");
    private static final Path PAGE = Path.of("..", "RELEVANCE.md");

    private final List<String> lines = new ArrayList<>();

    @Test
    void isBetterThanTheStandardAnalyzer() throws IOException {
        Assumptions.assumeFalse(DATA.isEmpty(), "-Dparley.relevance.data names no directory of conversations");
        lines.add("# Relevance");
        lines.add("");
        lines.add("Written by `RelevanceTest`, not by hand: `mvn -pl search/history -am test -Dparley.relevance.data=…"
                + " -Dtest=RelevanceTest -Dsurefire.failIfNoSpecifiedTests=false`, with the directory of the two files."
                + " The queries, and how it was judged what is right for them, are in"
                + " [history/src/test/resources/relevance](history/src/test/resources/relevance). Ours is the mapping and"
                + " the query language of `/search`; standard is Elasticsearch's `standard` analyzer and a `match` of any"
                + " word of the query.");
        lines.add("");
        lines.add("Recall@10: of the relevant messages, or of ten where there are more, how many are among the first"
                + " ten. MRR: one divided by the place of the first relevant one, 0 where it is not among them;"
                + " the mean.");
        for (JudgedTexts conversations : JudgedTexts.values()) {
            measure(conversations, conversations.texts(Path.of(DATA)));
        }
        Files.write(PAGE, lines);
    }

    private void measure(JudgedTexts conversations, Map<String, String> texts) throws IOException {
        List<JudgedQuery> queries = JudgedQuery.read(conversations.judgments());
        assertThat(texts.keySet())
                .containsAll(queries.stream()
                        .flatMap(query -> query.relevant().stream())
                        .toList());
        ElasticsearchClient client = RealElasticsearch.shared().client();
        String name = "relevance-" + conversations.name().toLowerCase(Locale.ROOT);
        Measured standard = measure(JudgedIndex.standard(client, name + "-standard"), texts, queries);
        Measured ours = measure(JudgedIndex.ours(client, name), texts, queries);
        report(conversations, standard, ours);
        assertThat(ours.recall()).isGreaterThan(standard.recall() + 0.1);
        assertThat(ours.reciprocalRank()).isGreaterThan(standard.reciprocalRank() + 0.1);
    }

    private static Measured measure(JudgedIndex index, Map<String, String> texts, List<JudgedQuery> queries)
            throws IOException {
        index.fill(texts);
        List<Retrieval> retrievals = new ArrayList<>();
        for (JudgedQuery query : queries) {
            retrievals.add(query.judge(index.search(query.text())));
        }
        index.delete();
        return new Measured(texts.size(), retrievals);
    }

    private void report(JudgedTexts conversations, Measured standard, Measured ours) throws IOException {
        lines.add("");
        lines.add("## " + conversations.file());
        lines.add("");
        lines.add("%,d messages, %d queries.".formatted(ours.texts, ours.retrievals.size()));
        lines.add("");
        row("", "recall@10", "MRR");
        row("---", "---:", "---:");
        Measured before = ours.before();
        row("standard", standard.figures());
        row("before", before.figures());
        row("ours", ours.figures());
        lines.add("");
        row("kind", "queries", "standard: recall@10", "MRR", "before: recall@10", "MRR", "ours: recall@10", "MRR");
        row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
        Map<String, List<Retrieval>> standardByKind = standard.byKind();
        Map<String, List<Retrieval>> beforeByKind = before.byKind();
        ours.byKind()
                .forEach((kind, retrievals) -> row(
                        kind,
                        String.valueOf(retrievals.size()),
                        recall(standardByKind.getOrDefault(kind, List.of())),
                        reciprocalRank(standardByKind.getOrDefault(kind, List.of())),
                        recall(beforeByKind.getOrDefault(kind, List.of())),
                        reciprocalRank(beforeByKind.getOrDefault(kind, List.of())),
                        recall(retrievals),
                        reciprocalRank(retrievals)));
        lines.add("");
        lines.add("Not everything that is relevant is among the first ten, or not first:");
        lines.add("");
        row("query", "", "recall@10", "reciprocal rank");
        row("---", "---", "---:", "---:");
        ours.retrievals.stream()
                .filter(retrieval -> !retrieval.isPerfect())
                .forEach(retrieval -> row(
                        retrieval.query().id(),
                        retrieval.query().text(),
                        text(retrieval.recall()),
                        text(retrieval.reciprocalRank())));
    }

    private void row(String first, String... cells) {
        String line = "| " + first + " | " + String.join(" | ", cells) + " |";
        lines.add(line);
        System.out.println(line);
    }

    private static String recall(List<Retrieval> retrievals) {
        return text(mean(retrievals, Retrieval::recall));
    }

    private static String reciprocalRank(List<Retrieval> retrievals) {
        return text(mean(retrievals, Retrieval::reciprocalRank));
    }

    private static double mean(List<Retrieval> retrievals, ToDoubleFunction<Retrieval> figure) {
        return retrievals.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static String text(double figure) {
        return String.format(Locale.ROOT, "%.3f", figure);
    }

    private record Measured(int texts, List<Retrieval> retrievals) {
        /** The stored earlier measurement of the same queries. */
        Measured before() throws IOException {
            Map<String, String[]> kept = new HashMap<>();
            JudgedQuery.rows("before.tsv").forEach(row -> kept.put(row[0], row));
            return new Measured(
                    texts,
                    retrievals.stream()
                            .map(Retrieval::query)
                            .map(query -> {
                                String[] row = Objects.requireNonNull(kept.get(query.id()), query.id());
                                return new Retrieval(query, Double.parseDouble(row[1]), Double.parseDouble(row[2]));
                            })
                            .toList());
        }

        double recall() {
            return mean(retrievals, Retrieval::recall);
        }

        double reciprocalRank() {
            return mean(retrievals, Retrieval::reciprocalRank);
        }

        Map<String, List<Retrieval>> byKind() {
            return retrievals.stream()
                    .collect(Collectors.groupingBy(
                            retrieval -> retrieval.query().kind(), LinkedHashMap::new, Collectors.toList()));
        }

        String[] figures() {
            return new String[] {text(recall()), text(reciprocalRank())};
        }
    }
}
