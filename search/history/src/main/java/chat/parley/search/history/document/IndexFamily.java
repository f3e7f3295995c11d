package chat.parley.search.history.document;

/** Names that belong together, so that tests can have indexes of their own on one server. */
public record IndexFamily(String messages, String past, String tokens, String generations) {
    public static final IndexFamily PARLEY =
            new IndexFamily(IndexNames.MESSAGES, IndexNames.PAST, "parley-tokens", "parley-generations");

    Generation generation(int number) {
        return new Generation(this, number);
    }
}
