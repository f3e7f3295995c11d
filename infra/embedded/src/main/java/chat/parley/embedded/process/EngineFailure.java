package chat.parley.embedded.process;

import org.jspecify.annotations.Nullable;

/** Thrown if an engine cannot start or continue. Contains a description and an advice for the operator. */
public final class EngineFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    public EngineFailure(String description, String advice, @Nullable Throwable cause) {
        super(description, cause);
        this.advice = advice;
    }

    public EngineFailure(String description, String advice) {
        this(description, advice, null);
    }

    public String description() {
        return String.valueOf(getMessage());
    }

    public String advice() {
        return advice;
    }
}
