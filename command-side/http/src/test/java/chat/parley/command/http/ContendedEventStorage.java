package chat.parley.command.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/** Events in memory; the command of another node may store the next ones first. */
final class ContendedEventStorage extends InMemoryEventStorageEngine {
    private final AtomicBoolean contended = new AtomicBoolean();

    /** The next command to store events finds that another node has stored the same events. */
    void loseNextRace() {
        contended.set(true);
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (!contended.getAndSet(false)) {
            super.appendEvents(events);
            return;
        }
        UnitOfWork<?> losing = CurrentUnitOfWork.get();
        CurrentUnitOfWork.clear(losing);
        super.appendEvents(events);
        CurrentUnitOfWork.set(losing);
        throw new ConcurrencyException("Another node was first");
    }
}
