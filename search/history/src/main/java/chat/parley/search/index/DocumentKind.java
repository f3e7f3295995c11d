package chat.parley.search.index;

/** Which of a generation's two indexes has a document. */
enum DocumentKind {
    /** A message as it stands. */
    MESSAGE,
    /** A text that an edit or a retraction has put an end to. */
    PAST
}
