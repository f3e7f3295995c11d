package chat.parley.search.history.query;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A query with its relevant messages; the resources document how they were judged. */
record JudgedQuery(String id, String kind, String text, Set<String> relevant) {
    /** Size of a page. */
    static final int LOOKED_AT = 10;

    /** @param resource rows of the four components after a header row */
    static List<JudgedQuery> read(String resource) throws IOException {
        return rows(resource).stream()
                .map(row -> new JudgedQuery(row[0], row[1], row[2], Set.of(row[3].split(" "))))
                .toList();
    }

    static List<String[]> rows(String resource) throws IOException {
        try (InputStream rows = JudgedQuery.class.getResourceAsStream("/relevance/" + resource)) {
            return new String(Objects.requireNonNull(rows).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(row -> row.split("\t"))
                    .toList();
        }
    }

    Retrieval judge(List<String> found) {
        long right = found.stream().filter(relevant::contains).count();
        int first = found.stream().map(relevant::contains).toList().indexOf(true);
        return new Retrieval(
                this, (double) right / Math.min(LOOKED_AT, relevant.size()), first < 0 ? 0 : 1.0 / (first + 1));
    }

    /**
     * The quality of a query's result.
     *
     * @param recall         share of the relevant messages, or of ten if there are more, among the first ten hits
     * @param reciprocalRank 1 / rank of the first relevant hit; 0 if it is not among the first ten
     */
    record Retrieval(JudgedQuery query, double recall, double reciprocalRank) {
        boolean isPerfect() {
            return recall == 1 && reciprocalRank == 1;
        }
    }
}
