package chat.parley.load.check;

import chat.parley.load.client.ConversationHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The positions that each user may see, derived from the history alone: from the start or the user's own {@code joined}
 * to the user's own {@code left}, both included.
 */
public final class MembershipIntervals {
    private final Map<String, List<Interval>> byUser = new HashMap<>();

    public record Interval(long from, long to) {}

    private MembershipIntervals() {}

    public static MembershipIntervals of(ConversationHistory history) {
        MembershipIntervals intervals = new MembershipIntervals();
        Map<String, Long> open = new HashMap<>();
        for (ConversationHistory.Entry entry : history.entries()) {
            String user = entry.user();
            if (entry.kind().equals("started")) {
                open.put(entry.sender(), entry.position());
                entry.memberIds().forEach(member -> open.put(member, entry.position()));
            } else if (entry.kind().equals("joined") && user != null) {
                open.putIfAbsent(user, entry.position());
            } else if (entry.kind().equals("left") && user != null) {
                Long from = open.remove(user);
                if (from != null) {
                    intervals.add(user, from, entry.position());
                }
            }
        }
        open.forEach((user, from) -> intervals.add(user, from, history.last()));
        return intervals;
    }

    private void add(String user, long from, long to) {
        byUser.computeIfAbsent(user, any -> new ArrayList<>()).add(new Interval(from, to));
    }

    /** Ascending and disjoint; empty for a user who never was a member. */
    public List<Interval> of(String user) {
        return byUser.getOrDefault(user, List.of());
    }

    /** The last position that each user may see. */
    public Map<String, Long> lastPositions() {
        Map<String, Long> lasts = new HashMap<>();
        byUser.forEach((user, intervals) -> lasts.put(user, intervals.getLast().to()));
        return lasts;
    }
}
