package chat.parley.dispatch;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refused;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of the node that handles commands. It repeats a command that lost a race, and makes refusals of failures. Later
 * would be too late: of an exception that goes over Axon Server nothing arrives but its message and its details, so the
 * sender could no longer tell a missing conversation from a lost race.
 */
public final class OutcomeResolvingCommandBus implements CommandBus {
    private static final Logger log = LoggerFactory.getLogger(OutcomeResolvingCommandBus.class);

    /** The loser of a race finds the winner's event at the second attempt; more are for a third party to it. */
    static final int ATTEMPTS = 4;

    private final CommandBus handling;

    public OutcomeResolvingCommandBus(CommandBus handling) {
        this.handling = handling;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        handling.dispatch(command);
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        attempt(1, command, callback);
    }

    private <C, R> void attempt(
            int attempt, CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        handling.<C, R>dispatch(command, (handled, result) -> {
            if (!result.isExceptional()) {
                callback.onResult(handled, result);
                return;
            }
            CommandFailure failure = CommandFailure.of(result.exceptionResult());
            switch (failure) {
                // The sender is told of these as they are, and logs what is unexpected.
                case REFUSED, UNEXPECTED -> callback.onResult(handled, result);
                default -> {
                    if (failure == CommandFailure.LOST_RACE && attempt < ATTEMPTS) {
                        attempt(attempt + 1, command, callback);
                    } else {
                        callback.onResult(handled, refused(command, failure, result));
                    }
                }
            }
        });
    }

    private static <R> CommandResultMessage<R> refused(
            CommandMessage<?> command, CommandFailure failure, CommandResultMessage<?> result) {
        if (failure.isLogged()) {
            log.warn(
                    "A {} failed: {}",
                    command.getPayloadType().getSimpleName(),
                    ExceptionSummary.describe(result.exceptionResult()));
        }
        return new GenericCommandResultMessage<>(
                new Refused(failure.refusal(command.getPayload())), result.getMetaData());
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        return handling.subscribe(commandName, handler);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return handling.registerDispatchInterceptor(interceptor);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return handling.registerHandlerInterceptor(interceptor);
    }
}
