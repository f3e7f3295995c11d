package chat.parley.search.index;

/** A document cannot be made of its events now. Says why in a code, without any text. */
final class UnderivableDocument extends RuntimeException {
    static final String TEXT_UNREADABLE = "text-unreadable";
    static final String ENTRY_MISSING = "entry-missing";
    static final String NOT_A_MESSAGE = "not-a-message";

    private final String error;

    UnderivableDocument(String error) {
        super(error);
        this.error = error;
    }

    String error() {
        return error;
    }
}
