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
 * Elasticsearch as requests see it: whether it can be asked, and the way to ask it. What it says about a request stays here,
 * because it quotes texts and queries.
 */
public final class SearchEngine {
    private static final Logger log = LoggerFactory.getLogger(SearchEngine.class);

    /** Too many requests, and what a server or a proxy before it says while it cannot answer. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final @Nullable ElasticsearchClient client;
    private volatile State state;

    /** @param client null where search is switched off */
    public SearchEngine(@Nullable ElasticsearchClient client) {
        this.client = client;
        this.state = client == null ? State.OFF : State.STARTING;
    }

    public State state() {
        return state;
    }

    /** @throws Refused if it cannot be asked now */
    public void require() {
        switch (state) {
            case UP -> {}
            case OFF -> throw new Refused(Refusal.SEARCH_OFF);
            case STARTING -> throw new Refused(Refusal.SEARCH_STARTING);
            case UNAVAILABLE -> throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
    }

    /**
     * Asks for somebody who waits for the answer.
     *
     * @throws Refused if it cannot be asked, or does not answer
     * @throws EngineRejected if it answers that the request is wrong
     */
    public <T> T ask(Call<T> call) {
        require();
        return attempt(call);
    }

    /** As {@link #ask}, but whatever the state is: for those who make it ready, and who try again by themselves. */
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

    /** Something that is asked of Elasticsearch. */
    @FunctionalInterface
    public interface Call<T> {
        T on(ElasticsearchClient client) throws IOException;
    }

    /** How requests are answered. */
    public enum State {
        OFF,
        /** It has not answered yet, or has no indexes yet. */
        STARTING,
        UP,
        /** It was up, and does not answer now. */
        UNAVAILABLE
    }
}
