package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.eventprocessing.batch.RecordedEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One entry as its page stores it. It never changes; later edits and retractions are in {@link MessageChanges}.
 *
 * @param ordinal ordinal of this message, or of the newest one before this entry
 * @param event   null if the event is stored in {@code texts}
 * @param large   whether the text is large, so that an answer contains only few of them
 * @param target  position of the message that this entry edits; null if it is no edit
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StoredEntry(
        @JsonProperty("p") long position,
        @JsonProperty("i") long index,
        @JsonProperty("o") long ordinal,
        @JsonProperty("e") @Nullable ConversationEvent event,

        @JsonProperty("x") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean large,

        @JsonProperty("t") @Nullable Long target) {
    /**
     * Keeps a page within 256 KB: 64 entries of 4 KB. The text takes at most 2 KB of these, and the rest of the event
     * about 700 bytes.
     */
    private static final int MAX_INLINE_TEXT = 2_048;

    /** Number of users that an event may name, beside its author, to be stored in its page. */
    private static final int MAX_INLINE_PEOPLE = 4;

    static StoredEntry of(RecordedEvent recorded, long ordinal, ConversationEvent event) {
        // An edit is also read together with its message, which may be on another page.
        boolean elsewhere = isLarge(event) || people(event) > MAX_INLINE_PEOPLE || event instanceof MessageEdited;
        return new StoredEntry(
                recorded.position(),
                recorded.index(),
                ordinal,
                elsewhere ? null : event,
                isLarge(event),
                event instanceof MessageEdited edited ? edited.target() : null);
    }

    static boolean isLarge(ConversationEvent event) {
        return event.textLength() > MAX_INLINE_TEXT;
    }

    private static int people(ConversationEvent event) {
        return switch (event) {
            case GroupStarted started -> started.members().size();
            case MessageSent sent -> sent.mentions().size();
            default -> 0;
        };
    }

    boolean isElsewhere() {
        return event == null;
    }

    /** Position of the message whose text this entry contains: its own, or that of the edited message. */
    long subject() {
        return target == null ? position : target;
    }
}
