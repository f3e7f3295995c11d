package chat.parley.eventprocessing.batch;

/** The events that a processor handles, and those among them that stay in order. */
@FunctionalInterface
public interface EventSelection {
    boolean includes(Class<?> payloadType);

    /** Events with the same key are handled by one segment, in order. */
    default String orderingKey(String aggregate) {
        return aggregate;
    }
}
