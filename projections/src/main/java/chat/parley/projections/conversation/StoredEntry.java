package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.store.EventJson;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One entry as its page keeps it, for ever: what later entries do to it stands in {@link Changes}.
 *
 * @param ordinal of the newest message here or before
 * @param event   null where it is in texts
 * @param large   whether its text is one of which few go into one answer
 * @param target  of an edit, the message that it changes
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
    /*
     * A page stays within 256 KB: 64 entries of 4 KB. Of these the text takes 2 KB at most, and the event without it some
     * 700 bytes.
     */
    private static final int MAX_INLINE_TEXT = 2_048;

    /** UserDirectory an event names beside its author. */
    private static final int MAX_INLINE_PEOPLE = 4;

    static StoredEntry of(
            ConversationId conversation,
            RecordedEvent recorded,
            long ordinal,
            ConversationEvent event,
            TextUpdates texts) {
        // An edit is read with its message, too, wherever that stands.
        boolean elsewhere = isLarge(event) || people(event) > MAX_INLINE_PEOPLE || event instanceof MessageEdited;
        if (elsewhere) {
            texts.put(PagePlace.textId(conversation, recorded.position()), EventJson.of(event));
        }
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

    /** The message that this entry says something with: itself, or the one it edits. */
    long subject() {
        return target == null ? position : target;
    }
}
