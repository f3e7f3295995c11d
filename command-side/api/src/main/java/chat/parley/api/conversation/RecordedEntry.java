package chat.parley.api.conversation;

import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one user may read it: what they do not see, by {@link Visibility}, is not in here.
 *
 * @param index       the event's place in the global order
 * @param editedBy    position of the newest edit of this message that they see
 * @param edit        that edit, whose text and mentions replace the message's
 * @param retractedBy position of the retraction of this message, or of the message that this edit changed, where they
 *                    see it; {@code event} then has nothing of what was said
 */
public record RecordedEntry(
        long position,
        long index,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
        ConversationEvent event,

        @Nullable Long editedBy,
        ConversationEvent.@Nullable MessageEdited edit,
        @Nullable Long retractedBy) {
    private static final Sealed NOTHING = new Sealed("", "", "");

    /** As it was entered. */
    public static RecordedEntry of(long position, long index, ConversationEvent event) {
        return new RecordedEntry(position, index, event, null, null, null);
    }

    /** A message, or an edit of one, that was retracted. */
    public static RecordedEntry retracted(long position, long index, ConversationEvent event, long by) {
        return new RecordedEntry(position, index, withoutWords(event), null, null, by);
    }

    /**
     * @param mentions those of the newest edit that says any, for an edit of before the time when edits did; null where
     *                 none does
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
        return new RecordedEntry(position, index, message, by, whole, null);
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

    /** Whom this message mentions now. */
    public List<UserId> mentions() {
        if (edit != null && edit.mentions() != null) {
            return edit.mentions();
        }
        return event instanceof MessageSent sent ? sent.mentions() : List.of();
    }
}
