package chat.parley.search.history.document;

/** A document cannot be made of its events now. Says why in a code, without any text. */
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
