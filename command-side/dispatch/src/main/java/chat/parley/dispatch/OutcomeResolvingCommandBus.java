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
 * The command bus of the node that handles commands. It repeats a command that lost a race, and turns failures into
 * refusals. This has to happen before the answer goes over Axon Server, which passes on only the message and the
 * details of an exception: the sender could not tell a missing conversation from a lost race.
 */
public final class OutcomeResolvingCommandBus implements CommandBus {
    private static final Logger log = LoggerFactory.getLogger(OutcomeResolvingCommandBus.class);

    /**
     * The loser of a race reads the winner's event in its second attempt. Further attempts are for races with third
     * commands.
     */
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
                // The sender receives these unchanged, and logs unexpected ones.
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
