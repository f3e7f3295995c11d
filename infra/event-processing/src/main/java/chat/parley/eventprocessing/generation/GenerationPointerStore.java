package chat.parley.eventprocessing.generation;

/** Keeps the pointer of one read model, where all nodes find it. */
public interface GenerationPointerStore {
    /** The pointer; the first generation is served where there was none. */
    GenerationPointer read();

    /** Replaces the pointer unless another node has changed it; whether this call replaced it. */
    boolean compareAndSet(GenerationPointer expected, GenerationPointer changed);
}
