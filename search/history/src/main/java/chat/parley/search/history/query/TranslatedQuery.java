package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import org.jspecify.annotations.Nullable;

/**
 * What Elasticsearch is asked.
 *
 * @param unmet why the query was taken for a text and nothing else although it could mean more: it names somebody whom
 *              there is not, or what the asker may not see. They are told only if no message has that text
 */
public record TranslatedQuery(Query query, @Nullable Refusal unmet) {
    /** @throws Refused if nothing was found, and it is known why */
    void answered(long total) {
        if (total == 0 && unmet != null) {
            throw new Refused(unmet);
        }
    }
}
