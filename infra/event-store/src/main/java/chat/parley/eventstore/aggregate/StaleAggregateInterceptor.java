package chat.parley.eventstore.aggregate;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Looks at the event store when a command ends without an event on a cached aggregate, refused or with nothing to do:
 * another node may have stored events that change the outcome. Then the command has lost a race. Its rollback evicts
 * the aggregate, and the command bus repeats it. An outcome with events needs no look, because the event store accepts
 * them only as the next ones of their aggregate.
 */
public final class StaleAggregateInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final Function<String, Optional<Long>> lastSequenceNumbers;

    /** @param lastSequenceNumbers asks the event store for the last sequence number of an aggregate */
    public StaleAggregateInterceptor(Function<String, Optional<Long>> lastSequenceNumbers) {
        this.lastSequenceNumbers = lastSequenceNumbers;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object answer;
        try {
            answer = chain.proceed();
        } catch (Refused refused) {
            requireCurrent(work);
            throw refused;
        }
        requireCurrent(work);
        return answer;
    }

    private void requireCurrent(UnitOfWork<?> work) {
        for (CachedAggregates.Loaded cached : CachedAggregates.of(work).unchanged()) {
            if (last(cached.id()) > cached.version()) {
                throw new ConcurrencyException(
                        "Another node has stored events of the aggregate after " + cached.version());
            }
        }
    }

    private long last(String aggregate) {
        try {
            return lastSequenceNumbers.apply(aggregate).orElse(-1L);
        } catch (RuntimeException unreachable) {
            EventStoreException failure = new EventStoreException(
                    "The event store did not say whether a cached aggregate is up to date",
                    new Refused(Refusal.RETRY_LATER));
            failure.addSuppressed(unreachable);
            throw failure;
        }
    }
}
