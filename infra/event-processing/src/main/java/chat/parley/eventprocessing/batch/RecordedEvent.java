package chat.parley.eventprocessing.batch;

/**
 * One event as the event store holds it.
 *
 * @param aggregate identifier of its aggregate
 * @param position its sequence number in the aggregate + 1
 * @param index its index in the global order
 */
public record RecordedEvent(String aggregate, long position, long index, Object payload) {}
