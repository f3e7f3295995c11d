package chat.parley.search.query;

import chat.parley.search.index.IndexNames;

/** Where is searched, so that tests can have indexes of their own on one server. */
record Aliases(String messages, String past) {
    static final Aliases PARLEY = new Aliases(IndexNames.MESSAGES, IndexNames.PAST);
}
