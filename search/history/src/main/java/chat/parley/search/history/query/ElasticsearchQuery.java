package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import org.jspecify.annotations.Nullable;

/**
 * An Elasticsearch query and how to answer if it finds nothing.
 *
 * @param unmet refusal for an operator that names an unknown user, or something the user may not see; the query is then
 *              searched literally, and the refusal is answered only if that finds nothing. Null for other queries
 */
public record ElasticsearchQuery(Query query, @Nullable Refusal unmet) {
    /** @throws Refused {@code unmet}, if it is not null and there are no hits */
    void answered(long total) {
        if (total == 0 && unmet != null) {
            throw new Refused(unmet);
        }
    }
}
