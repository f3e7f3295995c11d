package chat.parley.eventprocessing.batch;

/**
 * One event as it stands in the event store.
 *
 * @param aggregate whose event it is
 * @param position  its sequence number in the aggregate + 1
 * @param index     its place in the global order
 */
public record RecordedEvent(String aggregate, long position, long index, Object payload) {}
