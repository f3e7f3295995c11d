package chat.parley.cli;

/** The exit codes of every command. */
final class ExitCodes {
    /** Done. */
    static final int DONE = 0;

    /** The command ran and found something: an archive that is not verified, a rebuild or an export that failed. */
    static final int FOUND = 1;

    /** A wrong command line, or a file that cannot be read or written. */
    static final int USAGE = 2;

    /** The server refused. */
    static final int REFUSED = 3;

    /** The server does not answer, or breaks off. */
    static final int UNREACHABLE = 4;

    private ExitCodes() {}
}
