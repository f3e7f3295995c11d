package chat.parley.search.history.query;

import chat.parley.search.history.document.IndexNames;

/** The searched aliases; tests have their own on a shared server. */
record IndexAliases(String messages, String past) {
    static final IndexAliases PARLEY = new IndexAliases(IndexNames.MESSAGES, IndexNames.PAST);
}
