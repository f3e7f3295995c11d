package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.Sealed;
import java.util.Optional;

/** The text of an entry apart from the rest of it, so that a retraction removes it without reading anything. */
final class EntryText {
    /** What stands in an event whose text is elsewhere or gone. */
    static final Sealed NONE = new Sealed("", "", "");

    private EntryText() {}

    static Optional<Sealed> of(ConversationEvent event) {
        return switch (event) {
            case MessageSent sent -> Optional.of(sent.text());
            case MessageEdited edited -> Optional.of(edited.text());
            default -> Optional.empty();
        };
    }

    static ConversationEvent replaced(ConversationEvent event, Sealed text) {
        return switch (event) {
            case MessageSent sent ->
                new MessageSent(
                        sent.conversation(),
                        sent.by(),
                        sent.clientMessageId(),
                        text,
                        sent.contentHash(),
                        sent.ordinal(),
                        sent.replyTo(),
                        sent.mentions(),
                        sent.at());
            case MessageEdited edited -> replaced(edited, text);
            default -> event;
        };
    }

    static MessageEdited replaced(MessageEdited edited, Sealed text) {
        return new MessageEdited(
                edited.conversation(),
                edited.by(),
                edited.target(),
                text,
                edited.mentions(),
                edited.contentHash(),
                edited.at());
    }
}
