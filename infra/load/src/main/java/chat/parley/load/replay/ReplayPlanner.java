package chat.parley.load.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans a block so that every sender is a member and the group never exceeds its maximum size. A channel has no maximum:
 * if the group is full and somebody has to join, a member leaves. That is the one who has been silent for longest among
 * those who do not speak again in this block, or else the one whose next message is the furthest away, who joins again
 * before it.
 */
final class ReplayPlanner {
    private static final int NEVER = Integer.MAX_VALUE;

    private final IrcLog.Block block;
    private final int places;
    private final Set<String> people;
    private final int maxMessages;

    private final Map<String, Deque<Integer>> speaks = new HashMap<>();
    private final Map<String, Integer> lastHeard = new LinkedHashMap<>();
    private final List<ReplayStep> steps = new ArrayList<>();
    private final Set<String> members = new LinkedHashSet<>();
    private int messages;
    private ReplayPlan.Deviations deviations = ReplayPlan.Deviations.NOTHING;

    /**
     * @param places      members without the host
     * @param people      nicks with an account
     * @param maxMessages after which the block ends
     */
    private ReplayPlanner(IrcLog.Block block, int places, Set<String> people, int maxMessages) {
        this.block = block;
        this.places = places;
        this.people = people;
        this.maxMessages = maxMessages;
    }

    static ReplayPlan plan(IrcLog.Block block, int places, Set<String> people, int maxMessages) {
        return new ReplayPlanner(block, places, people, maxMessages).plan();
    }

    /** Everybody with a message that is not blank. */
    static Set<String> speakers(List<IrcLog.Block> blocks) {
        Set<String> speakers = new HashSet<>();
        for (IrcLog.Block block : blocks) {
            for (IrcLog.Line line : block.lines()) {
                if (line instanceof IrcLog.Line.Said said && !said.text().isBlank()) {
                    speakers.add(said.nick());
                }
            }
        }
        return speakers;
    }

    private ReplayPlan plan() {
        List<IrcLog.Line> lines = block.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof IrcLog.Line.Said said && !said.text().isBlank()) {
                speaks.computeIfAbsent(said.nick(), any -> new ArrayDeque<>()).add(i);
            }
        }
        List<String> present = presentFromTheStart(lines);
        members.addAll(present);
        present.forEach(nick -> lastHeard.put(nick, -1));
        for (int i = 0; i < lines.size() && messages < maxMessages; i++) {
            line(i, lines.get(i));
        }
        return new ReplayPlan(block.name(), present, List.copyOf(steps), deviations);
    }

    /** The first people who are active without a join before, up to the number of places. */
    private List<String> presentFromTheStart(List<IrcLog.Line> lines) {
        Set<String> seen = new HashSet<>();
        List<String> present = new ArrayList<>();
        for (IrcLog.Line line : lines) {
            String nick = switch (line) {
                case IrcLog.Line.Said said -> said.text().isBlank() ? "" : said.nick();
                case IrcLog.Line.Left left -> left.nick();
                case IrcLog.Line.Renamed renamed -> renamed.from();
                case IrcLog.Line.Joined joined -> {
                    seen.add(joined.nick());
                    yield "";
                }
                case IrcLog.Line.Other ignored -> "";
            };
            if (people.contains(nick) && seen.add(nick) && present.size() < places) {
                present.add(nick);
            }
            if (line instanceof IrcLog.Line.Renamed renamed) {
                seen.add(renamed.to());
            }
        }
        return present;
    }

    private void line(int index, IrcLog.Line line) {
        switch (line) {
            case IrcLog.Line.Said said -> said(index, said);
            case IrcLog.Line.Joined joined -> joined(index, joined.nick());
            case IrcLog.Line.Left left -> leave(left.nick());
            case IrcLog.Line.Renamed renamed -> {
                leave(renamed.from());
                joined(index, renamed.to());
            }
            case IrcLog.Line.Other ignored -> count(0, 0, 0, 0, 0, 1);
        }
    }

    private void said(int index, IrcLog.Line.Said said) {
        if (said.text().isBlank()) {
            count(0, 0, 0, 0, 1, 0);
            return;
        }
        String nick = said.nick();
        if (!members.contains(nick)) {
            count(0, 0, 1, 0, 0, 0);
            makeRoom(index);
            join(index, nick);
        }
        steps.add(new ReplayStep.Say(nick, said.text(), mentions(said)));
        messages++;
        touch(index, nick);
    }

    private List<String> mentions(IrcLog.Line.Said said) {
        int colon = said.text().indexOf(": ");
        String whom = colon > 0 ? said.text().substring(0, colon) : "";
        return members.contains(whom) ? List.of(whom) : List.of();
    }

    private void joined(int index, String nick) {
        if (members.contains(nick)) {
            return;
        }
        boolean willSpeak = nextMessage(nick, index) != NEVER;
        if (!people.contains(nick) || (members.size() >= places && !willSpeak)) {
            count(0, 0, 0, 1, 0, 0);
            return;
        }
        makeRoom(index);
        join(index, nick);
    }

    private void join(int index, String nick) {
        steps.add(new ReplayStep.Join(nick));
        members.add(nick);
        touch(index, nick);
    }

    private void leave(String nick) {
        if (members.remove(nick)) {
            steps.add(new ReplayStep.Leave(nick));
            lastHeard.remove(nick);
        }
    }

    private void makeRoom(int index) {
        if (members.size() < places) {
            return;
        }
        Optional<String> silent = lastHeard.keySet().stream()
                .filter(nick -> nextMessage(nick, index) == NEVER)
                .findFirst();
        if (silent.isPresent()) {
            count(1, 0, 0, 0, 0, 0);
            leave(silent.get());
        } else {
            count(0, 1, 0, 0, 0, 0);
            leave(members.stream()
                    .max(Comparator.comparingInt(nick -> nextMessage(nick, index)))
                    .orElseThrow());
        }
    }

    /** Keeps {@link #lastHeard} in the order of the last activity, the longest silent first. */
    private void touch(int index, String nick) {
        lastHeard.remove(nick);
        lastHeard.put(nick, index);
    }

    /** The next line after {@code index} with a message of this person. */
    private int nextMessage(String nick, int index) {
        Deque<Integer> lines = speaks.get(nick);
        if (lines == null) {
            return NEVER;
        }
        while (!lines.isEmpty() && lines.peekFirst() < index) {
            lines.removeFirst();
        }
        for (int line : lines) {
            if (line > index) {
                return line;
            }
        }
        return NEVER;
    }

    private void count(int madeRoom, int awhile, int implied, int unjoined, int blank, int other) {
        deviations = deviations.plus(new ReplayPlan.Deviations(madeRoom, awhile, implied, unjoined, blank, other));
    }
}
