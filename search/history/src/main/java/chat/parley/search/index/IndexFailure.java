package chat.parley.search.index;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;

/**
 * Elasticsearch did not do what it was asked. Says only which kind of failure it was: what Elasticsearch answers may quote
 * a text.
 */
final class IndexFailure extends RuntimeException {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final boolean refused;

    private IndexFailure(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** A request to Elasticsearch. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws IOException;
    }

    static <T> T translating(Request<T> request) {
        try {
            return request.send();
        } catch (ElasticsearchException e) {
            throw answered(e.status(), e.error().type());
        } catch (IOException e) {
            throw new IndexFailure(
                    "Elasticsearch did not answer: " + e.getClass().getSimpleName(), false);
        }
    }

    static IndexFailure answered(int status, String type) {
        boolean refused = status < SERVER_ERROR && status != TOO_MANY_REQUESTS;
        return new IndexFailure("Elasticsearch answered " + status + " " + type, refused);
    }

    /** Whether it is the request that is wrong, so that the same one will fail again. */
    boolean isRefused() {
        return refused;
    }
}
