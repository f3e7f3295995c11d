package chat.parley.eventprocessing.sharing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.Segment;

/** Which processes may hold segments, and which segments this one should. */
public interface SegmentOwners {
    /** The owner of a segment that nobody owns. */
    String NOBODY = "";

    /** This process's name as owner; no other one has it, also not the next one of the same node. */
    String self();

    /** The other processes that are alive. A segment that none of them owns may be claimed. */
    Set<String> others();

    /**
     * Whether this process is to hold a segment.
     *
     * @param all the processor's segments
     */
    default boolean isOurs(String processor, int segment, int[] all) {
        return true;
    }

    /** Keeps these processors to this process's share of their segments from now on. */
    default void share(RunningProcessors processors) {}

    /**
     * The segments that this process should and may claim.
     *
     * @param owners the owner of each of the processor's segments
     */
    default List<Segment> claimable(String processor, Map<Integer, String> owners) {
        int[] all = owners.keySet().stream().mapToInt(Integer::intValue).toArray();
        Set<String> others = others();
        return Arrays.stream(Segment.computeSegments(all))
                .filter(segment -> !others.contains(owners.get(segment.getSegmentId())))
                .filter(segment -> isOurs(processor, segment.getSegmentId(), all))
                .toList();
    }

    /** The only process, which continues with its segments at once after a crash. */
    static SegmentOwners alone(String self) {
        return new SegmentOwners() {
            @Override
            public String self() {
                return self;
            }

            @Override
            public Set<String> others() {
                return Set.of();
            }
        };
    }
}
