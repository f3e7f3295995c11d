package chat.parley.dispatch;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.Optional;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands are handled, their failures become refusals, and lost races are run again. Later would be too late: of
 * an exception that goes over Axon Server nothing arrives but its message and its details, so whoever sent the command
 * could no longer tell a missing conversation from a lost race.
 */
public final class OutcomeResolvingCommandBus implements CommandBus {
    private static final Logger log = LoggerFactory.getLogger(OutcomeResolvingCommandBus.class);

    /** The loser of a race finds the winner's event at the second attempt; more are for a third party to it. */
    private static final int ATTEMPTS = 4;

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
            CommandHandlerFailure failure = CommandHandlerFailure.of(result.exceptionResult());
            if (failure == CommandHandlerFailure.LOST_RACE && attempt < ATTEMPTS) {
                attempt(attempt + 1, command, callback);
                return;
            }
            Optional<Refusal> refusal = failure.refusal(command.getPayload());
            if (failure.isWorthALook()) {
                log.warn(
                        "A {} failed: {}",
                        command.getPayloadType().getSimpleName(),
                        ExceptionSummary.describe(result.exceptionResult()));
            }
            callback.onResult(
                    handled,
                    refusal.isEmpty()
                            ? result
                            : new GenericCommandResultMessage<>(new Refused(refusal.get()), result.getMetaData()));
        });
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
