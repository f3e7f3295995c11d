package chat.parley.load.replay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a block of the log becomes: a group that begins with some members, and then one step after the other.
 *
 * @param members without the host, who owns the group
 */
record ReplayPlan(String name, List<String> members, List<ReplayStep> steps, Deviations deviations) {
    /**
     * Where the plan is not the log.
     *
     * @param madeRoom     silent members who will not speak again, and left so that somebody could come in
     * @param madeRoomAwhile members who will speak again, and left and came back because nobody was silent for good
     * @param impliedJoins people who spoke without having joined, as far as the log knows
     * @param unjoined     joins that were left out: of people without an account, or who found the group full
     * @param blank        messages with nothing to read in them
     * @param other        lines about modes, topics and such
     */
    record Deviations(int madeRoom, int madeRoomAwhile, int impliedJoins, int unjoined, int blank, int other) {
        static final Deviations NOTHING = new Deviations(0, 0, 0, 0, 0, 0);

        Deviations plus(Deviations more) {
            return new Deviations(
                    madeRoom + more.madeRoom,
                    madeRoomAwhile + more.madeRoomAwhile,
                    impliedJoins + more.impliedJoins,
                    unjoined + more.unjoined,
                    blank + more.blank,
                    other + more.other);
        }
    }

    int messages() {
        return Math.toIntExact(
                steps.stream().filter(ReplayStep.Say.class::isInstance).count());
    }

    Set<String> nicks() {
        Set<String> nicks = new TreeSet<>(members);
        steps.forEach(step -> nicks.add(step.nick()));
        return nicks;
    }
}
