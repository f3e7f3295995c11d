package chat.parley.search.history.query;

/** Where is searched. */
public enum Scope {
    /** In what one may read as a member. */
    OWN,
    /** In the whole history. */
    ALL
}
