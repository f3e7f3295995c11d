package chat.parley.search.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;

/** Asks Elasticsearch. */
final class Engine {
    private final ElasticsearchClient client;

    Engine(ElasticsearchClient client) {
        this.client = client;
    }

    interface Call<T> {
        T on(ElasticsearchClient client) throws IOException;
    }

    <T> T ask(Call<T> call) {
        try {
            return call.on(client);
        } catch (IOException | ElasticsearchException e) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
    }
}
