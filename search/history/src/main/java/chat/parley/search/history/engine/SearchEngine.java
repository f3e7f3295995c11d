package chat.parley.search.history.engine;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access to Elasticsearch and its state. Elasticsearch's error messages are not passed on, because they quote texts and
 * queries.
 */
public final class SearchEngine {
    private static final Logger log = LoggerFactory.getLogger(SearchEngine.class);

    /** Temporary HTTP statuses of the server or of a proxy before it. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final @Nullable ElasticsearchClient client;
    private volatile State state;

    /** @param client null if search is disabled */
    public SearchEngine(@Nullable ElasticsearchClient client) {
        this.client = client;
        this.state = client == null ? State.OFF : State.STARTING;
    }

    public State state() {
        return state;
    }

    /** @throws Refused if search is not available now */
    public void require() {
        switch (state) {
            case UP -> {}
            case OFF -> throw new Refused(Refusal.SEARCH_OFF);
            case STARTING -> throw new Refused(Refusal.SEARCH_STARTING);
            case UNAVAILABLE -> throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
    }

    /**
     * Sends a request on behalf of a client.
     *
     * @throws Refused if search is not available or does not answer
     * @throws EngineRejected if Elasticsearch rejects the request as invalid
     */
    public <T> T ask(Call<T> call) {
        require();
        return attempt(call);
    }

    /** Like {@link #ask}, but in any state: for initialization and background work that retries by itself. */
    public <T> T attempt(Call<T> call) {
        if (client == null) {
            throw new Refused(Refusal.SEARCH_OFF);
        }
        try {
            return call.on(client);
        } catch (ElasticsearchException answer) {
            throw rejected(answer.status(), answer.error().type());
        } catch (ResponseException answer) {
            throw rejected(answer.getResponse().getStatusCode(), "unknown");
        } catch (IOException failure) {
            log.debug("Elasticsearch does not answer: {}", failure.getClass().getName());
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
    }

    void answers() {
        if (state != State.UP) {
            log.info("Search is up");
            state = State.UP;
        }
    }

    void isSilent(String reason) {
        if (state == State.UP) {
            log.warn("Search is unavailable: {}", reason);
            state = State.UNAVAILABLE;
        }
    }

    private static RuntimeException rejected(int status, @Nullable String type) {
        return PASSING.contains(status)
                ? new Refused(Refusal.SEARCH_UNAVAILABLE)
                : new EngineRejected(status, type == null ? "unknown" : type);
    }

    /** A request to Elasticsearch. */
    @FunctionalInterface
    public interface Call<T> {
        T on(ElasticsearchClient client) throws IOException;
    }

    /** The availability of search. */
    public enum State {
        OFF,
        /** Not reachable yet, or not initialized yet. */
        STARTING,
        UP,
        /** Was available and does not answer now. */
        UNAVAILABLE
    }
}
