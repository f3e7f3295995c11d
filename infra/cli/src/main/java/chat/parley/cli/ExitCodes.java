package chat.parley.cli;

/** The exit codes of every command. */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;

    /** The command ran and found something: an archive or a backup that is damaged, a rebuild or an export that failed. */
    public static final int FOUND = 1;

    /** A wrong command line, or a file that cannot be read or written. */
    public static final int USAGE = 2;

    /** The server refused. */
    public static final int REFUSED = 3;

    /** The server does not answer, or breaks off. */
    public static final int UNREACHABLE = 4;

    private ExitCodes() {}
}
