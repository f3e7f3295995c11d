package chat.parley.search.history.engine;

/** Elasticsearch calls a request wrong. Carries none of its words about it, which quote the request. */
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

    /** Elasticsearch's name for what is wrong, such as {@code search_context_missing_exception}. */
    public String type() {
        return type;
    }
}
