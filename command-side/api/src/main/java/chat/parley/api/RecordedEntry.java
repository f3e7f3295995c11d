package chat.parley.api;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a read model knows it.
 *
 * @param index       the event's place in the global order
 * @param editedBy    position of the newest edit of this message
 * @param edit        that edit, whose text replaces the message's
 * @param retractedBy position of the retraction of this message; {@code event} then keeps no readable text
 */
public record RecordedEntry(
        long position,
        long index,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
        ConversationEvent event,

        @Nullable Long editedBy,
        ConversationEvent.@Nullable MessageEdited edit,
        @Nullable Long retractedBy) {
    public static RecordedEntry of(long position, long index, ConversationEvent event) {
        return new RecordedEntry(position, index, event, null, null, null);
    }
}
