package chat.parley.retention.expiry;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import java.time.Instant;
import java.util.Optional;

/** Looks for texts by their time, in few reads of single entries: positions and times have the same order. */
final class TextFinder {
    private final EntryLookup entries;

    TextFinder(EntryLookup entries) {
        this.entries = entries;
    }

    /** Whether a message or an edit was stored at or after {@code from} and before {@code before}. */
    boolean hasText(ConversationId conversation, Instant from, Instant before) {
        for (long position = first(conversation, from); ; position++) {
            Optional<ConversationEvent> entry = entries.find(conversation, position);
            if (entry.isEmpty() || !entry.get().at().isBefore(before)) {
                return false;
            }
            if (ConversationEvent.carriesText(entry.get().getClass())) {
                return true;
            }
        }
    }

    /** The first position at or after this time; the one after the head if there is none. */
    private long first(ConversationId conversation, Instant from) {
        long earlier = 0;
        long later = 1;
        while (isEarlier(conversation, later, from)) {
            earlier = later;
            later *= 2;
        }
        while (later - earlier > 1) {
            long middle = (earlier + later) >>> 1;
            if (isEarlier(conversation, middle, from)) {
                earlier = middle;
            } else {
                later = middle;
            }
        }
        return later;
    }

    private boolean isEarlier(ConversationId conversation, long position, Instant from) {
        return entries.find(conversation, position)
                .filter(entry -> entry.at().isBefore(from))
                .isPresent();
    }
}
