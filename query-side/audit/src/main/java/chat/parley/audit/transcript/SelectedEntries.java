package chat.parley.audit.transcript;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents.RawEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that an export has, by conversation. Needs 16 bytes for each entry. Not thread-safe. */
public final class SelectedEntries {
    private static final String ENTRY_AGGREGATE = "Conversation";

    private final Map<String, OfConversation> selected = new LinkedHashMap<>();
    /** The newest position of each conversation in the range, selected or not. */
    private final Map<String, Long> newest = new LinkedHashMap<>();

    /** Takes an event of the range, which need not be selected. Called for all events in their order. */
    public void pass(RawEvent event) {
        if (ENTRY_AGGREGATE.equals(event.aggregateType())) {
            newest.put(event.aggregate(), event.sequence() + 1);
        }
    }

    /** Selects an event that has been passed. */
    public void select(RawEvent event) {
        if (ENTRY_AGGREGATE.equals(event.aggregateType())) {
            selected.computeIfAbsent(event.aggregate(), id -> new OfConversation(new ConversationId(id)))
                    .add(event.sequence() + 1, event.index());
        }
    }

    /** The conversations with selected entries, in the order of their first one. */
    public Collection<OfConversation> conversations() {
        newest.forEach((id, position) -> {
            OfConversation conversation = selected.get(id);
            if (conversation != null) {
                conversation.through = position;
            }
        });
        return selected.values();
    }

    /** The selected entries of one conversation. */
    public static final class OfConversation {
        private static final int FIRST_CAPACITY = 4;

        private final ConversationId conversation;
        private long[] positions = new long[FIRST_CAPACITY];
        private long[] indexes = new long[FIRST_CAPACITY];
        private int count;
        private long through;

        private OfConversation(ConversationId conversation) {
            this.conversation = conversation;
        }

        private void add(long position, long index) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, count * 2);
                indexes = Arrays.copyOf(indexes, count * 2);
            }
            positions[count] = position;
            indexes[count] = index;
            count++;
        }

        public ConversationId conversation() {
            return conversation;
        }

        public int count() {
            return count;
        }

        /** The newest position of the conversation in the range. Later entries have no effect. */
        public long through() {
            return through;
        }

        boolean has(long position) {
            return Arrays.binarySearch(positions, 0, count, position) >= 0;
        }

        /** The global index of the selected entry at this position. */
        long index(long position) {
            return indexes[Arrays.binarySearch(positions, 0, count, position)];
        }
    }
}
