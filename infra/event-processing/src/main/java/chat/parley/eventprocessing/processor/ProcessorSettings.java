package chat.parley.eventprocessing.processor;

import java.time.Duration;

/**
 * How a processor reads the event stream.
 *
 * @param segments  how many parts the events are divided into; fixed when the processor first starts
 * @param batchSize how many events at most are handled together
 * @param linger    how long events are collected, after all available ones were handled, before the next batch
 * @param start     where a processor without tokens begins
 */
public record ProcessorSettings(int segments, int batchSize, Duration linger, Start start) {
    /** Where a processor without tokens begins. */
    public enum Start {
        FIRST_EVENT,
        HEAD
    }
}
