package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand;
import io.grpc.StatusRuntimeException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.event.util.GrpcExceptionParser;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.distributed.CommandBusConnectorCommunicationException;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.EventPublicationFailedException;
import org.axonframework.messaging.ExecutionException;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * The kind of a command's failure, decided by the types of the exceptions. The node that handles a command classifies
 * the exceptions themselves; the node that sent it classifies what the bus has delivered.
 */
enum CommandFailure {
    /** The domain or the event store has refused the command with a {@link Refused} that gives the reason. */
    REFUSED,
    NO_SUCH_AGGREGATE,
    /** Another command has stored an event of the same aggregate first. No event of this command was stored. */
    LOST_RACE,
    /** Other commands held the aggregate for too long. The command was not executed. */
    BUSY,
    /** No node that handles the command is connected. The command was not executed. */
    NO_HANDLER,
    /** The command failed on the way to its handler, at a database, or while or after its events were stored. */
    OUTCOME_UNKNOWN,
    /** A defect: the exception has no known type. */
    UNEXPECTED;

    private record Type(Class<? extends Throwable> exception, CommandFailure failure) {}

    /** No type is a subtype of another one, except among types with the same failure. */
    private static final List<Type> TYPES = List.of(
            new Type(AggregateNotFoundException.class, NO_SUCH_AGGREGATE),
            new Type(ConcurrencyException.class, LOST_RACE),
            new Type(AggregateStreamCreationException.class, LOST_RACE),
            new Type(LockAcquisitionFailedException.class, BUSY),
            new Type(NoHandlerForCommandException.class, NO_HANDLER),
            new Type(EventStoreException.class, OUTCOME_UNKNOWN),
            new Type(EventPublicationFailedException.class, OUTCOME_UNKNOWN),
            new Type(ExecutionException.class, OUTCOME_UNKNOWN),
            new Type(CommandDispatchException.class, OUTCOME_UNKNOWN),
            new Type(CommandBusConnectorCommunicationException.class, OUTCOME_UNKNOWN),
            new Type(AxonServerException.class, OUTCOME_UNKNOWN),
            // Of the vault, which a handler asks for keys, or of the event store's commit.
            new Type(SQLException.class, OUTCOME_UNKNOWN));

    /** The outermost cause of a known type decides. */
    static CommandFailure of(Throwable failure) {
        if (Refused.in(failure).isPresent()) {
            return REFUSED;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            CommandFailure kind = kind(cause);
            if (kind != UNEXPECTED) {
                return kind;
            }
        }
        return UNEXPECTED;
    }

    private static CommandFailure kind(Throwable failure) {
        return switch (failure) {
            // Axon Server's event store throws the network exception of a commit unchanged.
            case StatusRuntimeException status ->
                GrpcExceptionParser.parse(status) instanceof ConcurrencyException ? LOST_RACE : OUTCOME_UNKNOWN;
            // Axon Server itself reports that the handling node was lost. No exception of that node is described.
            case RemoteHandlingException remote
            when remote.getExceptionDescriptions().isEmpty() -> OUTCOME_UNKNOWN;
            case RemoteHandlingException remote ->
                remote.getExceptionDescriptions().stream()
                        .map(CommandFailure::describedClass)
                        .map(name -> find(type -> type.getName().equals(name)))
                        .filter(kind -> kind != UNEXPECTED)
                        .findFirst()
                        .orElse(UNEXPECTED);
            default -> find(type -> type.isInstance(failure));
        };
    }

    private static CommandFailure find(Predicate<Class<? extends Throwable>> isIt) {
        for (Type type : TYPES) {
            if (isIt.test(type.exception())) {
                return type.failure();
            }
        }
        return UNEXPECTED;
    }

    /** Axon describes an exception of another node as {@code class name: message}. */
    private static String describedClass(String description) {
        int end = description.indexOf(':');
        return end < 0 ? description : description.substring(0, end);
    }

    /** The refusal that the client is told of a failure other than {@link #REFUSED}. */
    Refusal refusal(Object command) {
        return switch (this) {
            case NO_SUCH_AGGREGATE ->
                command instanceof AccountCommand ? Refusal.USER_NOT_FOUND : Refusal.CONVERSATION_NOT_FOUND;
            case LOST_RACE, BUSY, NO_HANDLER -> Refusal.RETRY_LATER;
            case OUTCOME_UNKNOWN -> Refusal.OUTCOME_UNKNOWN;
            case UNEXPECTED -> Refusal.INTERNAL_ERROR;
            case REFUSED -> throw new IllegalStateException("The refusal is in the exception");
        };
    }

    /** Whether the failure is logged for operators. */
    boolean isLogged() {
        return switch (this) {
            case NO_HANDLER, OUTCOME_UNKNOWN, UNEXPECTED -> true;
            case REFUSED, NO_SUCH_AGGREGATE, LOST_RACE, BUSY -> false;
        };
    }
}
