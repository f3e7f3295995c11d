package chat.parley.search.history.query;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.List;

/**
 * Which of what was found, and what of it.
 *
 * @param after      where the page before ended; empty for the first page
 * @param highlights whether to show where in the text it is
 * @param facets     whether to count by conversation, sender and time
 */
public record PageRequest(Order order, int limit, List<FieldValue> after, boolean highlights, boolean facets) {
    public PageRequest {
        after = List.copyOf(after);
    }
}
