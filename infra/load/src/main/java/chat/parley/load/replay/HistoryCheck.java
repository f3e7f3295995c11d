package chat.parley.load.replay;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ConversationHistory;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks that the history of a group has one entry for every step of the plan, in order, and no other entry. */
final class HistoryCheck {
    private final GroupReplay group;
    private final Function<String, String> userOf;
    private final String host;
    private final boolean ordered;
    private final Violations violations;

    private final Map<String, Integer> stepById = new HashMap<>();
    private final Deque<Integer> memberships = new ArrayDeque<>();
    private final Map<Integer, Long> found = new HashMap<>();
    private final Map<String, Integer> newestStep = new HashMap<>();
    private long ordinal;

    /**
     * @param userOf  the user id of a nick
     * @param host    the user id of the owner
     * @param ordered whether senders waited for each other, so that there is one right order
     */
    HistoryCheck(
            GroupReplay group, Function<String, String> userOf, String host, boolean ordered, Violations violations) {
        this.group = group;
        this.userOf = userOf;
        this.host = host;
        this.ordered = ordered;
        this.violations = violations;
        List<ReplayStep> steps = group.plan().steps();
        for (int step = 0; step < steps.size(); step++) {
            String id = group.clientMessageId(step);
            if (!(steps.get(step) instanceof ReplayStep.Say)) {
                memberships.add(step);
            } else if (id != null) {
                stepById.put(id, step);
            }
        }
    }

    void check(ConversationHistory history) {
        long expected = 1;
        Instant at = Instant.MIN;
        for (ConversationHistory.Entry entry : history.entries()) {
            if (entry.position() != expected) {
                violations.add(Violations.Kind.HISTORY_GAP, where(entry) + " where " + expected + " was expected");
            }
            if (entry.at().isBefore(at)) {
                violations.add(Violations.Kind.HISTORY_DIFFERS, where(entry) + " is dated before the one it follows");
            }
            expected = entry.position() + 1;
            at = entry.at();
            switch (entry.kind()) {
                case "started" -> started(entry);
                case "message" -> message(entry);
                case "joined", "left" -> membership(entry);
                default -> violations.add(Violations.Kind.HISTORY_EXTRA, where(entry) + " is of kind " + entry.kind());
            }
        }
        checkMissingSteps();
    }

    private void started(ConversationHistory.Entry entry) {
        Set<String> members = new HashSet<>(entry.memberIds());
        members.add(entry.sender());
        Set<String> planned = new HashSet<>();
        group.plan().members().forEach(nick -> planned.add(userOf.apply(nick)));
        planned.add(host);
        if (entry.position() != 1) {
            violations.add(Violations.Kind.HISTORY_EXTRA, where(entry) + " is a second beginning");
        } else if (!members.equals(planned) || !entry.sender().equals(host)) {
            violations.add(Violations.Kind.HISTORY_DIFFERS, where(entry) + " begins with other members");
        }
    }

    private void message(ConversationHistory.Entry entry) {
        ordinal++;
        Integer step = entry.clientMessageId() == null ? null : stepById.get(entry.clientMessageId());
        if (step == null) {
            violations.add(Violations.Kind.HISTORY_EXTRA, where(entry) + " is a message that no client sent");
            return;
        }
        if (found.containsKey(step)) {
            violations.add(Violations.Kind.HISTORY_DOUBLED, where(entry) + " is " + found.get(step) + " again");
            return;
        }
        found.put(step, entry.position());
        ReplayStep.Say say = (ReplayStep.Say) group.plan().steps().get(step);
        if (!entry.sender().equals(userOf.apply(say.nick())) || !say.text().equals(entry.text())) {
            violations.add(
                    Violations.Kind.HISTORY_DIFFERS, where(entry) + " has another sender or text than step " + step);
        }
        if (entry.ordinal() != 0 && entry.ordinal() != ordinal) {
            violations.add(Violations.Kind.HISTORY_DIFFERS, where(entry) + " has another ordinal than " + ordinal);
        }
        long acked = group.position(step);
        if (acked != 0 && acked != entry.position()) {
            violations.add(Violations.Kind.ACKED_ELSEWHERE, where(entry) + " was acknowledged as " + acked);
        }
        inOrder(entry, step);
    }

    private void membership(ConversationHistory.Entry entry) {
        Integer step = memberships.poll();
        String kind = step != null && group.plan().steps().get(step) instanceof ReplayStep.Join ? "joined" : "left";
        if (step == null
                || !entry.kind().equals(kind)
                || !userOf.apply(group.plan().steps().get(step).nick()).equals(entry.user())) {
            violations.add(
                    step == null ? Violations.Kind.HISTORY_EXTRA : Violations.Kind.HISTORY_DIFFERS,
                    where(entry) + " is not the next to join or leave");
            return;
        }
        found.put(step, entry.position());
        inOrder(entry, step);
    }

    /** Checks the order of all steps, or of each sender's steps if senders did not wait for each other. */
    private void inOrder(ConversationHistory.Entry entry, int step) {
        String sequence = ordered ? "" : entry.sender();
        Integer newest = newestStep.get(sequence);
        if (newest != null && newest > step) {
            violations.add(Violations.Kind.HISTORY_ORDER, where(entry) + " (step " + step + ") follows step " + newest);
        }
        newestStep.merge(sequence, step, Math::max);
    }

    private void checkMissingSteps() {
        List<ReplayStep> steps = group.plan().steps();
        for (int step = 0; step < steps.size(); step++) {
            boolean isThere = found.containsKey(step);
            if (!(steps.get(step) instanceof ReplayStep.Say)) {
                if (!isThere && group.failure() == null) {
                    violations.add(Violations.Kind.HISTORY_DIFFERS, where(step) + " (join or leave) is not in history");
                }
            } else if (group.position(step) == 0) {
                violations.add(Violations.Kind.NEVER_ACKED, where(step) + why(group.refusal(step)));
            } else if (!isThere) {
                violations.add(
                        Violations.Kind.ACKED_AND_GONE, where(step) + " was acknowledged as " + group.position(step));
            }
        }
    }

    private static String why(@Nullable String refusal) {
        return refusal == null ? "" : ": " + refusal;
    }

    private String where(ConversationHistory.Entry entry) {
        return group.plan().name() + " position " + entry.position();
    }

    private String where(int step) {
        return group.plan().name() + " step " + step;
    }
}
