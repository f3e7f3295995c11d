package chat.parley.eventprocessing.generation;

/** Stores the pointer of one read model for all nodes. */
public interface GenerationPointerStore {
    /** The pointer. If there is none, the first generation becomes the served one. */
    GenerationPointer read();

    /** Replaces the pointer. False if another node has changed it. */
    boolean compareAndSet(GenerationPointer expected, GenerationPointer changed);
}
