package chat.parley.audit.transcript;

import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What one person could see, as it changed by their joining and leaving. */
final class Timeline {
    /** By the position of the entry that changed it. */
    private final NavigableMap<Long, Visibility> changes = new TreeMap<>();

    void joined(long position, HistoryAccess history) {
        changes.put(position, newest().joined(position, history));
    }

    void left(long position) {
        changes.put(position, newest().left(position));
    }

    /** After all entries. Includes whatever was visible before, because visibility never shrinks. */
    Visibility newest() {
        return changes.isEmpty() ? Visibility.NOTHING : changes.lastEntry().getValue();
    }

    /** Right after this entry. */
    Visibility at(long position) {
        Map.Entry<Long, Visibility> last = changes.floorEntry(position);
        return last == null ? Visibility.NOTHING : last.getValue();
    }

    /** The positions after this one at which it changed. */
    Iterable<Long> changesAfter(long position) {
        return changes.tailMap(position, false).keySet();
    }
}
