package chat.parley.search.history.document;

/** Thrown if a document cannot be derived from its events. The message is a code without any text of users. */
public final class UnderivableDocument extends RuntimeException {
    public static final String TEXT_UNREADABLE = "text-unreadable";
    static final String ENTRY_MISSING = "entry-missing";
    static final String NOT_A_MESSAGE = "not-a-message";

    private final String error;

    UnderivableDocument(String error) {
        super(error);
        this.error = error;
    }

    public String error() {
        return error;
    }
}
