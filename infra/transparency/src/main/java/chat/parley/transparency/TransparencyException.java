package chat.parley.transparency;

/** The only exception of this library about what it was given. Its message contains no secret. */
public final class TransparencyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public TransparencyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public TransparencyException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
