package chat.parley.dispatch;

import chat.parley.api.Refusal;
import java.util.stream.Stream;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What kind of failure it was that is no refusal; thrown as it is here, named in a description from another node. */
enum CommandFailure {
    NO_SUCH_AGGREGATE(Refusal.CONVERSATION_NOT_FOUND, false),
    CONFLICT(Refusal.RETRY_LATER, false),
    NOBODY_THERE(Refusal.RETRY_LATER, true),
    /** It broke while or after it was being stored. */
    UNKNOWN_OUTCOME(Refusal.OUTCOME_UNKNOWN, true),
    OTHER(Refusal.INTERNAL_ERROR, true);

    private final Refusal refusal;
    private final boolean worthALook;

    CommandFailure(Refusal refusal, boolean worthALook) {
        this.refusal = refusal;
        this.worthALook = worthALook;
    }

    Refusal refusal() {
        return refusal;
    }

    boolean isWorthALook() {
        return worthALook;
    }

    static CommandFailure of(Throwable failed) {
        if (hasCause(failed, AggregateNotFoundException.class.getName())) {
            return NO_SUCH_AGGREGATE;
        }
        if (hasCause(failed, ConcurrencyException.class.getName())) {
            return CONFLICT;
        }
        if (hasCause(failed, NoHandlerForCommandException.class.getName())) {
            return NOBODY_THERE;
        }
        return Stream.of("EventStoreException", "CommandDispatchException", "CommitFailed", "StatusRuntimeException")
                        .anyMatch(name -> hasCause(failed, name))
                ? UNKNOWN_OUTCOME
                : OTHER;
    }

    private static boolean hasCause(Throwable failed, String className) {
        for (Throwable t = failed; t != null; t = t.getCause()) {
            if (t.getClass().getName().contains(className)) {
                return true;
            }
            if (t instanceof RemoteHandlingException remote
                    && remote.getExceptionDescriptions().stream().anyMatch(said -> said.contains(className))) {
                return true;
            }
        }
        return false;
    }
}
