package chat.parley.eventprocessing.batch;

/** The events that a processor handles, and the key that keeps them in order. */
@FunctionalInterface
public interface EventSelection {
    boolean includes(Class<?> payloadType);

    /** Events with the same key are handled by one segment, in order. */
    default String orderingKey(String aggregate) {
        return aggregate;
    }
}
