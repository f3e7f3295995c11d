package chat.parley.search.history.document;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives documents from events. Deterministic, except for texts whose key was destroyed. */
public final class Documents {
    private final EntryLookup entries;
    private final TextProtection protection;

    public Documents(EntryLookup entries, TextProtection protection) {
        this.entries = entries;
        this.protection = protection;
    }

    /** Returns an instance that looks entries up here first. */
    public Documents knowing(EntryLookup known) {
        return new Documents(
                (conversation, position) ->
                        known.find(conversation, position).or(() -> entries.find(conversation, position)),
                protection);
    }

    /** @throws UnderivableDocument if the events or their text cannot be read */
    public MessageDocument derive(DocumentKey key) {
        MessageKey place = key.place();
        if (!(entry(place.conversation(), place.position()) instanceof MessageSent sent)) {
            throw new UnderivableDocument(UnderivableDocument.NOT_A_MESSAGE);
        }
        ConversationEvent version = entry(place.conversation(), key.version());
        ConversationEvent end = key.kind() == DocumentKind.PAST ? entry(place.conversation(), key.entry()) : null;
        return switch (version) {
            case MessageSent same
            when key.version() == place.position() ->
                withText(key, sent, version, end, text(sent.text(), messageContext(sent)));
            case MessageEdited edited
            when edited.target() == place.position() ->
                withText(key, sent, version, end, text(edited.text(), editContext(edited)));
            case MessageRetracted retracted
            when retracted.target() == place.position() && end == null -> tombstone(key, sent, retracted);
            default -> throw new UnderivableDocument(UnderivableDocument.NOT_A_MESSAGE);
        };
    }

    /** Whether this entry is the retraction of the message. */
    public boolean isRetraction(MessageKey place, long version) {
        return entries.find(place.conversation(), version)
                .filter(MessageRetracted.class::isInstance)
                .isPresent();
    }

    private ConversationEvent entry(ConversationId conversation, long position) {
        return entries.find(conversation, position)
                .orElseThrow(() -> new UnderivableDocument(UnderivableDocument.ENTRY_MISSING));
    }

    private static TextContext messageContext(MessageSent sent) {
        return TextProtection.messageContext(sent.conversation(), sent.by(), sent.clientMessageId());
    }

    private static TextContext editContext(MessageEdited edited) {
        return TextProtection.editContext(edited.conversation(), edited.by(), edited.target());
    }

    /**
     * NFC like queries, because some keyboards and file systems decompose Korean syllables. Null if the text was
     * erased.
     */
    private @Nullable String text(SealedText sealed, TextContext context) {
        try {
            return protection
                    .reveal(sealed, context)
                    .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
                    .orElse(null);
        } catch (IllegalStateException e) {
            throw new UnderivableDocument(UnderivableDocument.TEXT_UNREADABLE);
        }
    }

    private static MessageDocument withText(
            DocumentKey key,
            MessageSent sent,
            ConversationEvent version,
            @Nullable ConversationEvent end,
            @Nullable String text) {
        return new MessageDocument(
                sent.conversation().value(),
                key.place().position(),
                key.version(),
                sent.by().value(),
                sent.at().toEpochMilli(),
                version.at().toEpochMilli(),
                end == null ? null : end.at().toEpochMilli(),
                end == null ? null : endOf(end, key.place()).term(),
                end == null ? null : key.entry(),
                false,
                text,
                mentions(sent, version),
                sent.replyTo(),
                text != null && LinkDetector.in(text));
    }

    private static TextEnd endOf(ConversationEvent end, MessageKey place) {
        return switch (end) {
            case MessageEdited edited when edited.target() == place.position() -> TextEnd.EDITED;
            case MessageRetracted retracted when retracted.target() == place.position() -> TextEnd.RETRACTED;
            default -> throw new UnderivableDocument(UnderivableDocument.NOT_A_MESSAGE);
        };
    }

    /** The mentions of this version. An edit of revision 1 has none and left the message's mentions unchanged. */
    private static @Nullable List<String> mentions(MessageSent sent, ConversationEvent version) {
        List<UserId> mentioned = version instanceof MessageEdited edited && edited.mentions() != null
                ? edited.mentions()
                : sent.mentions();
        return mentioned.isEmpty()
                ? null
                : mentioned.stream().map(UserId::value).toList();
    }

    private static MessageDocument tombstone(DocumentKey key, MessageSent sent, MessageRetracted retracted) {
        return new MessageDocument(
                sent.conversation().value(),
                key.place().position(),
                key.version(),
                sent.by().value(),
                sent.at().toEpochMilli(),
                retracted.at().toEpochMilli(),
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                false);
    }
}
