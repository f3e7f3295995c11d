package chat.parley.search.history.engine;

/**
 * Thrown if Elasticsearch rejects a request as invalid. Contains none of Elasticsearch's messages, because they quote
 * the request.
 */
public final class EngineRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    EngineRejected(int status, String type) {
        super("Elasticsearch answered " + status + " " + type);
        this.status = status;
        this.type = type;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Elasticsearch's error type, such as {@code search_context_missing_exception}. */
    public String type() {
        return type;
    }
}
