package chat.parley.projections.processing;

import java.util.List;

/** Brings the documents of one generation up to date with events that follow each other. */
@FunctionalInterface
public interface BatchWriter {
    /**
     * Repeating events, in part or as a whole, changes nothing.
     *
     * @throws ProjectionFailure if an event cannot be projected; then it and those after it are not
     */
    void write(List<Occurrence> occurrences);
}
