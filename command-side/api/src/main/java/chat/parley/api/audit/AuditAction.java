package chat.parley.api.audit;

/** What an auditor does with the history. The names are stored and never change. */
public enum AuditAction {
    /** Reads stored events. */
    READ_EVENTS,
    /** Reads a conversation as it stood at a moment, or what changed between two. */
    READ_CONVERSATION,
    /** Reads who could read a message and who read it. */
    READ_MESSAGE_ACCESS,
    /** Exports events or conversations as an archive. */
    EXPORT,
    /** Reads who accessed whose data. */
    REVIEW_ACCESS,
    /** Rebuilds a read model or the search index, or cancels that. */
    REBUILD,
    /** Compares the search index with the history, or tries rejected documents again. */
    CHECK,
    /** Plays a conversation back as a member saw it. */
    REPLAY,
    /** Reads legal holds, retention rules or the state of an erasure. */
    READ_RETENTION
}
