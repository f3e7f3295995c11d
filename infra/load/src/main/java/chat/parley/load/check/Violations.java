package chat.parley.load.check;

import chat.parley.load.metrics.ClientMetrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the checks found wrong: how often, and the first of each kind by name. */
public final class Violations {
    private static final int NAMED_OF_EACH = 5;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<String>> first = new EnumMap<>(Kind.class);

    public enum Kind {
        LOST("an entry of their time that a member never received"),
        DOUBLED("an entry that a member received again"),
        OUT_OF_ORDER("an entry that a member received after a later one"),
        NOT_THEIRS("an entry that a member received and should not see"),
        ALTERED("an entry that a member received otherwise than history has it"),
        ACKED_AND_GONE("a message that was acknowledged and is not in history"),
        ACKED_ELSEWHERE("a message that is not at the position that was acknowledged"),
        NEVER_ACKED("a message that was refused, or that nobody answered"),
        HISTORY_GAP("a position that history leaves out or repeats"),
        HISTORY_DOUBLED("a message that is in history more than once"),
        HISTORY_EXTRA("an entry in history that nobody made"),
        HISTORY_DIFFERS("an entry that is not what was sent"),
        HISTORY_ORDER("an entry in history before one that came first"),
        INBOX_DIFFERS("an inbox that does not tell of its conversations as they are"),
        SEARCH_DIFFERS("a search that does not find what is there, or finds what was not asked for"),
        INDEX_DIFFERS("a conversation that the index does not have as it was said"),
        PROTOCOL("something the protocol does not allow");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param first some of them, by name */
    public record Finding(long times, String meaning, List<String> first) {}

    public void add(Kind kind, String where) {
        add(kind, 1, where);
    }

    public synchronized void add(Kind kind, long times, String where) {
        counts.merge(kind, times, Long::sum);
        List<String> named = first.computeIfAbsent(kind, any -> new ArrayList<>());
        if (named.size() < NAMED_OF_EACH) {
            named.add(where);
        }
    }

    /** What the protocol does not allow, as far as it was counted. */
    public void protocol(ClientMetrics metrics) {
        protocol("answers to no question of ours", metrics.strayAnswers.sum());
        protocol("frames that could not be read", metrics.unreadableFrames.sum());
    }

    private void protocol(String what, long times) {
        if (times > 0) {
            add(Kind.PROTOCOL, times, what);
        }
    }

    public synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    /** What was found, by its label in reports. */
    public synchronized Map<String, Finding> byLabel() {
        Map<String, Finding> found = new LinkedHashMap<>();
        counts.forEach((kind, times) -> found.put(kind.label(), new Finding(times, kind.meaning(), first(kind))));
        return found;
    }

    public synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public synchronized List<String> first(Kind kind) {
        return first.getOrDefault(kind, List.of());
    }
}
