package chat.parley.api;

import java.util.Optional;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.messaging.HandlerExecutionException;

/** A command, query or request is refused; the code says why. Carries no text of anybody's. */
public final class Refused extends CommandExecutionException {
    private final Refusal refusal;
    private final String detail;

    public Refused(Refusal refusal) {
        this(refusal, refusal.title());
    }

    /** @param detail one sentence: what of the request it is. Only whoever handles the request may say more than the title */
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
     * The refusal in an exception that came back from a bus: thrown as it is by a local handler, as the details of a
     * {@link HandlerExecutionException} by a remote one.
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
