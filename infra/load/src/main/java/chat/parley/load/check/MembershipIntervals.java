package chat.parley.load.check;

import chat.parley.load.client.ConversationHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who was in a group when, told from its history alone: a member sees from their own {@code joined}, or the beginning,
 * to their own {@code left}, both included.
 */
public final class MembershipIntervals {
    private final Map<String, List<Span>> byUser = new HashMap<>();

    public record Span(long from, long to) {}

    private MembershipIntervals() {}

    public static MembershipIntervals of(ConversationHistory history) {
        MembershipIntervals spans = new MembershipIntervals();
        Map<String, Long> open = new HashMap<>();
        for (ConversationHistory.Entry entry : history.entries()) {
            String user = entry.user();
            if (entry.kind().equals("started")) {
                open.put(entry.sender(), entry.position());
                entry.members().forEach(member -> open.put(member, entry.position()));
            } else if (entry.kind().equals("joined") && user != null) {
                open.putIfAbsent(user, entry.position());
            } else if (entry.kind().equals("left") && user != null) {
                Long from = open.remove(user);
                if (from != null) {
                    spans.add(user, from, entry.position());
                }
            }
        }
        open.forEach((user, from) -> spans.add(user, from, history.last()));
        return spans;
    }

    private void add(String user, long from, long to) {
        byUser.computeIfAbsent(user, any -> new ArrayList<>()).add(new Span(from, to));
    }

    /** Ascending and disjoint; none for somebody who never was a member. */
    public List<Span> of(String user) {
        return byUser.getOrDefault(user, List.of());
    }

    /** Users with the last position that they see. */
    public Map<String, Long> lasts() {
        Map<String, Long> lasts = new HashMap<>();
        byUser.forEach((user, spans) -> lasts.put(user, spans.getLast().to()));
        return lasts;
    }
}
