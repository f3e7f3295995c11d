package chat.parley.search.history.query;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A query, and the messages that are right for it; how that was judged is told beside the resources. */
record JudgedQuery(String id, String kind, String text, Set<String> relevant) {
    /** As many as a page has. */
    static final int LOOKED_AT = 10;

    /** @param resource rows of the four components, below a heading */
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
     * How well a query did.
     *
     * @param recall         of the relevant messages, or of ten where there are more, how many were among the first ten
     * @param reciprocalRank one divided by the place of the first that was relevant, 0 where none of the first ten was
     */
    record Retrieval(JudgedQuery query, double recall, double reciprocalRank) {
        boolean isPerfect() {
            return recall == 1 && reciprocalRank == 1;
        }
    }
}
