package chat.parley.search.history.query;

import chat.parley.search.history.document.IndexNames;

/** Where is searched, so that tests can have indexes of their own on one server. */
public record Aliases(String messages, String past) {
    static final Aliases PARLEY = new Aliases(IndexNames.MESSAGES, IndexNames.PAST);
}
