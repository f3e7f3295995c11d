package chat.parley.api.conversation;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one user may read it: edits and retractions that the user may not see, by {@link Visibility}, have no
 * effect.
 *
 * @param index       the event's global index
 * @param editedBy    position of the newest visible edit of this message
 * @param edit        that edit, whose text and mentions replace the message's
 * @param retractedBy position of the visible retraction of this message, or of the message that this edit changes;
 * {@code event} then has no text and no mentions
 * @param reactions   the visible reactions to this message, where they were asked for
 */
public record RecordedEntry(
        long position,
        long index,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
        ConversationEvent event,

        @Nullable Long editedBy,
        @Nullable MessageEdited edit,
        @Nullable Long retractedBy,
        List<Reactions> reactions) {
    private static final SealedText NOTHING = new SealedText("", "", "");

    public RecordedEntry {
        reactions = reactions == null ? List.of() : List.copyOf(reactions);
    }

    /** @param users who added this emoji and did not remove it, in the order in which they added it; never empty */
    public record Reactions(String emoji, List<UserId> users) {}

    /** An entry without later changes. */
    public static RecordedEntry of(long position, long index, ConversationEvent event) {
        return new RecordedEntry(position, index, event, null, null, null, List.of());
    }

    /** A retracted message, or an edit of one. */
    public static RecordedEntry retracted(long position, long index, ConversationEvent event, long by) {
        return new RecordedEntry(position, index, withoutWords(event), null, null, by, List.of());
    }

    /**
     * @param mentions mentions of the newest visible edit that has any, used if {@code edit} is of revision 1 and has
     * none; null if no edit has any
     */
    public static RecordedEntry edited(
            long position,
            long index,
            MessageSent message,
            long by,
            MessageEdited edit,
            @Nullable List<UserId> mentions) {
        MessageEdited whole = new MessageEdited(
                edit.conversation(),
                edit.by(),
                edit.target(),
                edit.text(),
                edit.mentions() == null ? mentions : edit.mentions(),
                edit.contentHash(),
                edit.at());
        return new RecordedEntry(position, index, message, by, whole, null, List.of());
    }

    private static ConversationEvent withoutWords(ConversationEvent event) {
        return switch (event) {
            case MessageSent sent ->
                new MessageSent(
                        sent.conversation(),
                        sent.by(),
                        sent.clientMessageId(),
                        NOTHING,
                        sent.contentHash(),
                        sent.ordinal(),
                        sent.replyTo(),
                        List.of(),
                        sent.at());
            case MessageEdited edited ->
                new MessageEdited(
                        edited.conversation(),
                        edited.by(),
                        edited.target(),
                        NOTHING,
                        null,
                        edited.contentHash(),
                        edited.at());
            default -> event;
        };
    }

    public RecordedEntry with(List<Reactions> reactions) {
        return new RecordedEntry(position, index, event, editedBy, edit, retractedBy, reactions);
    }

    /** The mentions of this message after its newest visible edit. */
    public List<UserId> mentions() {
        if (edit != null && edit.mentions() != null) {
            return edit.mentions();
        }
        return event instanceof MessageSent sent ? sent.mentions() : List.of();
    }
}
