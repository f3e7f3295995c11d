package chat.parley.search.history.query;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.List;

/**
 * A page of a result.
 *
 * @param after      sort values where the previous page ended; empty for the first page
 * @param highlights whether to mark matches in the text
 * @param facets     whether to count by conversation, sender and time
 */
public record PageRequest(SearchOrder order, int limit, List<FieldValue> after, boolean highlights, boolean facets) {
    public PageRequest {
        after = List.copyOf(after);
    }
}
