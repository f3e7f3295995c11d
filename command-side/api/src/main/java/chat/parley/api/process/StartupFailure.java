package chat.parley.api.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the server, or an engine that it runs, cannot start for a reason that an operator can remove. Contains a
 * description and an advice.
 */
public final class StartupFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String description;
    private final String advice;

    /** @param advice empty if there is none */
    public StartupFailure(String description, String advice, @Nullable Throwable cause) {
        super((sentence(description) + " " + sentence(advice)).strip(), cause);
        this.description = sentence(description);
        this.advice = sentence(advice);
    }

    public StartupFailure(String description, String advice) {
        this(description, advice, null);
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    public String description() {
        return description;
    }

    /** Empty if there is none. */
    public String advice() {
        return advice;
    }
}
