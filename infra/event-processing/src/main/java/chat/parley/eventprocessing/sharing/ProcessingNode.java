package chat.parley.eventprocessing.sharing;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A process that handles events, with the names of the processors that it runs. */
record ProcessingNode(String name, Set<String> processors) {
    /**
     * Whether a segment is the share of a node: those that run the processor take its segments in turn. Where the turn
     * begins depends on the processor, so that the larger shares of several processors go to several nodes.
     *
     * @param nodes in the same order on each of them
     */
    static boolean isShare(String node, List<ProcessingNode> nodes, String processor, int segment, int[] all) {
        List<String> taking = nodes.stream()
                .filter(each -> each.processors.contains(processor))
                .map(ProcessingNode::name)
                .toList();
        if (taking.isEmpty()) {
            return false;
        }
        int place = (int) Arrays.stream(all).filter(other -> other < segment).count();
        int first = Math.floorMod(processor.hashCode(), taking.size());
        return taking.get((first + place) % taking.size()).equals(node);
    }
}
