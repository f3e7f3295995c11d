package chat.parley.load.replay;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of one plan: the group that was started for it, and the outcome of each step. */
final class GroupReplay {
    private final int index;
    private final ReplayPlan plan;
    private final AtomicLongArray positions;
    private final AtomicReferenceArray<@Nullable String> clientMessageIds;
    private final AtomicReferenceArray<@Nullable String> refusals;
    private volatile @Nullable String conversation;
    private volatile @Nullable String failure;

    GroupReplay(int index, ReplayPlan plan) {
        this.index = index;
        this.plan = plan;
        positions = new AtomicLongArray(plan.steps().size());
        clientMessageIds = new AtomicReferenceArray<>(plan.steps().size());
        refusals = new AtomicReferenceArray<>(plan.steps().size());
    }

    int index() {
        return index;
    }

    ReplayPlan plan() {
        return plan;
    }

    /** Absent until the group is started. */
    @Nullable
    String conversation() {
        return conversation;
    }

    void started(String id) {
        conversation = id;
    }

    /** Why the plan was not played to its end; absent if it was. */
    @Nullable
    String failure() {
        return failure;
    }

    void failed(String reason) {
        failure = reason;
    }

    void sending(int step, String clientMessageId) {
        clientMessageIds.set(step, clientMessageId);
    }

    void acked(int step, long position) {
        positions.set(step, position);
    }

    void refused(int step, String reason) {
        refusals.set(step, reason);
    }

    /** The acknowledged position of a message; 0 for none. */
    long position(int step) {
        return positions.get(step);
    }

    @Nullable
    String clientMessageId(int step) {
        return clientMessageIds.get(step);
    }

    @Nullable
    String refusal(int step) {
        return refusals.get(step);
    }

    /**
     * The position of the last entry: each step makes one after the start, unless it is refused. Only acknowledged
     * messages are certain if the plan was not played to its end.
     */
    long lastPosition() {
        return failure == null
                ? 1
                        + IntStream.range(0, refusals.length())
                                .filter(step -> refusals.get(step) == null)
                                .count()
                : highestAcked();
    }

    private long highestAcked() {
        long highest = 0;
        for (int step = 0; step < positions.length(); step++) {
            highest = Math.max(highest, positions.get(step));
        }
        return highest;
    }
}
