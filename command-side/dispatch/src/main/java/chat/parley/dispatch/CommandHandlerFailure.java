package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.axonframework.axonserver.connector.event.util.GrpcExceptionParser;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.EventPublicationFailedException;
import org.axonframework.messaging.ExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** How handling a command failed, with either event store. */
enum CommandHandlerFailure {
    /** The domain has said no, and why. */
    REFUSED,
    NO_SUCH_AGGREGATE,
    /** Somebody else stored an event of this aggregate first, so nothing of ours was stored. */
    LOST_RACE,
    /** Nothing was tried. */
    BUSY,
    /** It broke while or after it was being stored. */
    OUTCOME_UNKNOWN,
    OTHER;

    static CommandHandlerFailure of(Throwable failure) {
        if (Refused.in(failure).isPresent()) {
            return REFUSED;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            CommandHandlerFailure kind = kind(t);
            if (kind != OTHER) {
                return kind;
            }
        }
        return OTHER;
    }

    private static CommandHandlerFailure kind(Throwable failure) {
        return switch (failure) {
            case AggregateNotFoundException missing -> NO_SUCH_AGGREGATE;
            case ConcurrencyException second -> LOST_RACE;
            case AggregateStreamCreationException second -> LOST_RACE;
            case LockAcquisitionFailedException busy -> BUSY;
            // Axon Server's event store lets what the commit met through as it came over the network.
            case StatusRuntimeException fromServer ->
                GrpcExceptionParser.parse(fromServer) instanceof ConcurrencyException ? LOST_RACE : OUTCOME_UNKNOWN;
            case EventStoreException unconfirmed -> OUTCOME_UNKNOWN;
            case EventPublicationFailedException unconfirmed -> OUTCOME_UNKNOWN;
            case ExecutionException late -> OUTCOME_UNKNOWN;
            default -> OTHER;
        };
    }

    /** What the client is told; nothing where it is as it was thrown. */
    Optional<Refusal> refusal(Object command) {
        return switch (this) {
            case NO_SUCH_AGGREGATE ->
                Optional.of(
                        command instanceof AccountCommand ? Refusal.USER_NOT_FOUND : Refusal.CONVERSATION_NOT_FOUND);
            case LOST_RACE, BUSY -> Optional.of(Refusal.RETRY_LATER);
            case OUTCOME_UNKNOWN -> Optional.of(Refusal.OUTCOME_UNKNOWN);
            case REFUSED, OTHER -> Optional.empty();
        };
    }

    boolean isWorthALook() {
        return this == OUTCOME_UNKNOWN;
    }
}
