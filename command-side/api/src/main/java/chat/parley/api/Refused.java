package chat.parley.api;

import java.util.Optional;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.messaging.HandlerExecutionException;

/** Thrown when a command, query or request is refused; the code says why. Carries no text that a user wrote. */
public final class Refused extends CommandExecutionException {
    private final Refusal refusal;
    private final String detail;

    public Refused(Refusal refusal) {
        this(refusal, refusal.title());
    }

    /**
     * @param detail one sentence that says what in the request caused the refusal. Only the code that handles the
     * request may say more than the title
     */
    public Refused(Refusal refusal, String detail) {
        super(refusal.code(), null, refusal, false);
        this.refusal = refusal;
        this.detail = detail;
    }

    public Refusal refusal() {
        return refusal;
    }

    public String detail() {
        return detail;
    }

    /**
     * Finds the refusal in an exception that a bus returned. A local handler throws {@link Refused} itself; a remote
     * one puts the refusal into the details of a {@link HandlerExecutionException}.
     */
    public static Optional<Refusal> in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Refused refused) {
                return Optional.of(refused.refusal);
            }
            if (t instanceof HandlerExecutionException remote) {
                Optional<Refusal> details = remote.<Object>getDetails().flatMap(Refusal::fromDetails);
                if (details.isPresent()) {
                    return details;
                }
            }
        }
        return Optional.empty();
    }
}
