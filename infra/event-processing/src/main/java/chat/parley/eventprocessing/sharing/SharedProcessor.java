package chat.parley.eventprocessing.sharing;

import java.util.Map;

/** A processor of this node, which holds some of its segments while other nodes hold the rest. */
public interface SharedProcessor {
    String name();

    /** All segments; none before any node has made them. */
    int[] segments();

    /** The global index up to which each segment that this node holds has handled the events; -1 if there is none. */
    Map<Integer, Long> held();

    /** Whether this node holds all segments. */
    boolean isHeldWhole();

    /** Claims a segment soon, if no other node holds it. */
    void claim(int segment);

    /** Releases a segment after its current batch. */
    void release(int segment);
}
