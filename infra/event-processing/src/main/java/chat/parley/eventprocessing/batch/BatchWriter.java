package chat.parley.eventprocessing.batch;

import java.util.List;

/** Writes the documents that result from a batch of events. */
@FunctionalInterface
public interface BatchWriter {
    /**
     * Writes consecutive events. Writing events again, in part or as a whole, changes nothing.
     *
     * @throws EventProcessingFailure if an event cannot be processed; then neither it nor a later one is written
     */
    void write(List<RecordedEvent> batch);
}
