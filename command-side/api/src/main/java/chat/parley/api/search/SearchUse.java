package chat.parley.api.search;

/** How an analyst used the search. */
public enum SearchUse {
    SEARCH,
    /** A search that includes edited and retracted texts. */
    PAST,
    EXPORT,
    STATISTICS
}
