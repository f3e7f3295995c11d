package chat.parley.load.check;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What checks found wrong: the number of each kind, and examples. */
public final class Violations {
    private static final int EXAMPLES_OF_EACH = 5;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<String>> first = new EnumMap<>(Kind.class);

    public enum Kind {
        LOST("an entry that a member never received"),
        DOUBLED("an entry that a member received again"),
        OUT_OF_ORDER("an entry that a member received after a later one"),
        NOT_THEIRS("an entry that a member received and should not see"),
        ALTERED("an entry that a member received with other content than history has"),
        ACKED_AND_GONE("a message that was acknowledged and is not in history"),
        ACKED_ELSEWHERE("a message that is not at the position that was acknowledged"),
        NEVER_ACKED("a message that was refused or never answered"),
        HISTORY_GAP("a position that history skips or repeats"),
        HISTORY_DOUBLED("a message that is in history more than once"),
        HISTORY_EXTRA("an entry in history that no client made"),
        HISTORY_DIFFERS("an entry that is not what was sent"),
        HISTORY_ORDER("an entry in history before an earlier one"),
        INBOX_DIFFERS("an inbox that differs from its conversations"),
        SEARCH_DIFFERS("a search with a missing or a wrong hit"),
        INDEX_DIFFERS("a conversation that differs in the search index"),
        PROTOCOL("a violation of the protocol");

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

    /** @param first examples */
    public record Violation(long times, String meaning, List<String> first) {}

    public void add(Kind kind, String where) {
        add(kind, 1, where);
    }

    public synchronized void add(Kind kind, long times, String where) {
        counts.merge(kind, times, Long::sum);
        List<String> named = first.computeIfAbsent(kind, any -> new ArrayList<>());
        if (named.size() < EXAMPLES_OF_EACH) {
            named.add(where);
        }
    }

    /** Adds the violations of the protocol that the client counted. */
    public void protocol(ClientMetrics metrics) {
        protocol("answers to no question of ours", metrics.sum(Counter.UNEXPECTED_ANSWERS));
        protocol("frames that could not be read", metrics.sum(Counter.UNREADABLE_FRAMES));
    }

    private void protocol(String what, long times) {
        if (times > 0) {
            add(Kind.PROTOCOL, times, what);
        }
    }

    public synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    /** By the name of the kind in reports. */
    public synchronized Map<String, Violation> byLabel() {
        Map<String, Violation> found = new LinkedHashMap<>();
        counts.forEach((kind, times) -> found.put(kind.label(), new Violation(times, kind.meaning(), first(kind))));
        return found;
    }

    public synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public synchronized List<String> first(Kind kind) {
        return first.getOrDefault(kind, List.of());
    }
}
