package chat.parley.eventprocessing.processor;

import java.time.Duration;

/**
 * How a processor reads the event stream.
 *
 * @param segments number of segments that the events are divided into; fixed when the processor first starts
 * @param batchSize maximum number of events per batch
 * @param linger time for which events are collected before the next batch, once all available ones are handled
 * @param start start of a processor without tokens
 */
public record ProcessorSettings(int segments, int batchSize, Duration linger, Start start) {
    /** The start of a processor without tokens. */
    public enum Start {
        FIRST_EVENT,
        HEAD
    }
}
