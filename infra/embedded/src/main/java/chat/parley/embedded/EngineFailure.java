package chat.parley.embedded;

import org.jspecify.annotations.Nullable;

/** An engine cannot start or go on, said in words for whoever started Parley: what is the matter, and what to do. */
final class EngineFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    EngineFailure(String description, String advice, @Nullable Throwable cause) {
        super(description, cause);
        this.advice = advice;
    }

    EngineFailure(String description, String advice) {
        this(description, advice, null);
    }

    String description() {
        return String.valueOf(getMessage());
    }

    String advice() {
        return advice;
    }
}
