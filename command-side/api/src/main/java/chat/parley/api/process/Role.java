package chat.parley.api.process;

/** A part of Parley that a process may have, besides others or alone. */
public enum Role {
    /** Handles commands. */
    COMMAND,
    /** Builds the read model. */
    PROJECTION,
    /** Builds the search index. */
    SEARCH,
    /** Holds the sockets of clients. */
    PUSH,
    /** Answers the requests of people and analysts, and serves the page. */
    API,
    /** Notifies people who are not connected. */
    NOTIFY,
    /** Keeps the transparency log, and answers the requests of auditors. */
    AUDIT
}
