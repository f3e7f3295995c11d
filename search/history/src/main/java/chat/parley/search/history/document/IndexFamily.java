package chat.parley.search.history.document;

/** A consistent set of index names, so that tests can have their own on a shared server. */
public record IndexFamily(String messages, String past, String tokens, String generations) {
    public static final IndexFamily PARLEY =
            new IndexFamily(IndexNames.MESSAGES, IndexNames.PAST, "parley-tokens", "parley-generations");

    Generation generation(int number) {
        return new Generation(this, number);
    }
}
