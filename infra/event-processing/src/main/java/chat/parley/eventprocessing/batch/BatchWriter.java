package chat.parley.eventprocessing.batch;

import java.util.List;

/** Writes what a batch of events comes to. */
@FunctionalInterface
public interface BatchWriter {
    /**
     * Writes the events, which follow each other. Repeating events, in part or as a whole, changes nothing.
     *
     * @throws EventProcessingFailure if an event cannot be processed; then neither it nor a later one is written
     */
    void write(List<RecordedEvent> batch);
}
