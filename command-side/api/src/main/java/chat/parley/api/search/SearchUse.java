package chat.parley.api.search;

/** What an analyst did with the history. */
public enum SearchUse {
    SEARCH,
    /** A search that also looks at what was edited or retracted. */
    PAST,
    EXPORT,
    STATISTICS
}
