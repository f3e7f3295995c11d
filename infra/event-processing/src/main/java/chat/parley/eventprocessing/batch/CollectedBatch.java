package chat.parley.eventprocessing.batch;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of the current unit of work, which are written together. */
final class CollectedBatch {
    private static final Logger log = LoggerFactory.getLogger(CollectedBatch.class);
    private static final String RESOURCE = CollectedBatch.class.getName();

    private final BatchWriter writer;
    private final List<RecordedEvent> events = new ArrayList<>();

    private CollectedBatch(BatchWriter writer) {
        this.writer = writer;
    }

    static void add(BatchWriter writer, RecordedEvent event) {
        CollectedBatch batch =
                CurrentUnitOfWork.get().getOrComputeResource(RESOURCE, key -> new CollectedBatch(writer));
        batch.events.add(event);
    }

    /** Writes the events that were collected in this unit of work, once. */
    static void write(UnitOfWork<?> unitOfWork) {
        CollectedBatch batch = unitOfWork.getResource(RESOURCE);
        if (batch == null) {
            return;
        }
        try {
            batch.writer.write(batch.events);
        } catch (EventProcessingFailure e) {
            log.error("{}; it is retried", e.getMessage());
            throw e;
        }
        unitOfWork.resources().remove(RESOURCE);
    }
}
