package chat.parley.projections.processing;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the events of a processor's batch, which are written together by {@link #writePending} just before the
 * processor stores its token.
 */
public final class Projector implements EventHandlerInvoker {
    private static final Logger log = LoggerFactory.getLogger(Projector.class);
    private static final String PENDING = Projector.class.getName() + ".pending";

    private final EventGroup group;
    private final BatchWriter writer;

    public Projector(EventGroup group, BatchWriter writer) {
        this.group = group;
        this.writer = writer;
    }

    private record Pending(BatchWriter writer, List<Occurrence> occurrences) {}

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return event instanceof DomainEventMessage<?> domainEvent
                && group.has(event.getPayloadType())
                && segment.matches(EventGroup.sequence(domainEvent.getAggregateIdentifier()));
    }

    /** Every type, so that no source stops sending the others: a position must advance over them too. */
    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        DomainEventMessage<?> domainEvent = (DomainEventMessage<?>) event;
        long position = domainEvent.getSequenceNumber() + 1;
        long index = ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow();
        Pending pending =
                CurrentUnitOfWork.get().getOrComputeResource(PENDING, key -> new Pending(writer, new ArrayList<>()));
        try {
            pending.occurrences.add(
                    new Occurrence(domainEvent.getAggregateIdentifier(), position, index, event.getPayload()));
        } catch (RuntimeException e) {
            // Its payload could not be decoded.
            ProjectionFailure failure = ProjectionFailure.at(domainEvent.getAggregateIdentifier(), position, index, e);
            log.error("{}; it will be tried again", failure.getMessage());
            throw failure;
        }
    }

    /** Writes what was collected in this unit of work, once. */
    static void writePending(UnitOfWork<?> unitOfWork) {
        Pending pending = unitOfWork.getResource(PENDING);
        if (pending == null) {
            return;
        }
        try {
            pending.writer.write(pending.occurrences);
        } catch (ProjectionFailure e) {
            log.error("{}; it will be tried again", e.getMessage());
            throw e;
        }
        unitOfWork.resources().remove(PENDING);
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
