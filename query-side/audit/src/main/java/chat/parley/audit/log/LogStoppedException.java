package chat.parley.audit.log;

/** The log cannot be continued without contradicting what it has signed. The message says what an operator has to do. */
final class LogStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogStoppedException(String message) {
        super(message);
    }
}
