package chat.parley.search.history.query;

import chat.parley.search.history.document.Fields;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import java.util.List;
import java.util.stream.Stream;

/** The order of hits. Each is total: no two messages are equal in it. */
public enum SearchOrder {
    /** Best score first; of equal scores the newest first. */
    RELEVANCE,
    NEWEST,
    OLDEST;

    List<SortOptions> sorting() {
        return switch (this) {
            case RELEVANCE ->
                Stream.concat(Stream.of(byScore()), byTime(SortOrder.Desc)).toList();
            case NEWEST -> byTime(SortOrder.Desc).toList();
            case OLDEST -> byTime(SortOrder.Asc).toList();
        };
    }

    /** By conversation and position; of one message's texts the oldest first. */
    static List<SortOptions> byPlace() {
        return List.of(
                by(Fields.CONVERSATION, SortOrder.Asc),
                by(Fields.POSITION, SortOrder.Asc),
                by(Fields.VERSION, SortOrder.Asc));
    }

    private static SortOptions byScore() {
        return SortOptions.of(sort -> sort.score(score -> score.order(SortOrder.Desc)));
    }

    private static Stream<SortOptions> byTime(SortOrder order) {
        return Stream.of(
                by(Fields.AT, order),
                by(Fields.CONVERSATION, SortOrder.Asc),
                by(Fields.POSITION, order),
                by(Fields.VERSION, order));
    }

    private static SortOptions by(String field, SortOrder order) {
        return SortOptions.of(sort -> sort.field(by -> by.field(field).order(order)));
    }
}
