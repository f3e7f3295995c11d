package chat.parley.search.index;

/** Names that belong together, so that tests can have indexes of their own on one server. */
record IndexFamily(String messages, String past, String tokens, String generations) {
    static final IndexFamily PARLEY =
            new IndexFamily(IndexNames.MESSAGES, IndexNames.PAST, "parley-tokens", "parley-generations");

    Generation generation(int number) {
        return new Generation(this, number);
    }
}
