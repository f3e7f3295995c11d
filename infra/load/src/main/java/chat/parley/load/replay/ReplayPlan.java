package chat.parley.load.replay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of one block of a log: a group with its first members, and the steps that follow, in order.
 *
 * @param members without the host, who owns the group
 */
record ReplayPlan(String name, List<String> members, List<ReplayStep> steps, Deviations deviations) {
    /**
     * The numbers of deviations of the plan from the log.
     *
     * @param madeRoom     members who do not speak again, and left to make room
     * @param madeRoomAwhile members who speak again, and left to make room and came back
     * @param impliedJoins people who spoke without a join in the log
     * @param unjoined     joins left out, of people without an account or into a full group
     * @param blank        blank messages, left out
     * @param other        other lines, such as modes and topics
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
