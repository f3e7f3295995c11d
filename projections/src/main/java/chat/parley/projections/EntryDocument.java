package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationId;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Sealed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;

/** One entry as it stands in its page, and back. Large parts stand in texts instead. */
final class EntryDocument {
    /*
     * A page stays within 256 KB: 64 entries of 4 KB. Of these the text takes 2 KB at most, the event without it 768
     * bytes, the newest edit and its text 512 each; 256 are left for what names and counts it.
     */
    private static final int MAX_INLINE_TEXT = 2_048;
    private static final int MAX_INLINE_EVENT = 768;
    private static final int MAX_INLINE_EDIT_TEXT = 512;

    private EntryDocument() {}

    static Document of(ConversationId conversation, Occurrence occurrence, ConversationEvent event, TextUpdates texts) {
        String textId = PagePlace.textId(conversation, occurrence.position());
        Document entry = new Document("p", occurrence.position()).append("i", occurrence.index());
        Optional<Sealed> text = EntryText.of(event);
        put(entry, "j", EventJson.of(EntryText.replaced(event, EntryText.NONE)), MAX_INLINE_EVENT, textId, texts);
        text.ifPresent(content -> put(entry, "x", EventJson.of(content), MAX_INLINE_TEXT, textId, texts));
        return entry;
    }

    private static void put(
            Document entry, String field, String json, int maxInline, String textId, TextUpdates texts) {
        if (json.length() <= maxInline) {
            entry.append(field, json);
        } else {
            entry.append("b" + field, true);
            texts.put(textId, field, json);
        }
    }

    /** The fields that say how a message was edited. */
    static Document edit(MessageEdited edit, long position, TextUpdates texts) {
        Document fields =
                new Document("m", position).append("y", EventJson.of(EntryText.replaced(edit, EntryText.NONE)));
        String text = EventJson.of(edit.text());
        if (text.length() <= MAX_INLINE_EDIT_TEXT) {
            fields.append("z", text);
        } else {
            fields.append("bz", true);
            texts.put(PagePlace.textId(edit.conversation(), position), "x", text);
        }
        return fields;
    }

    /** The fields that may hold, or lead to, readable text: they go when a message is retracted. */
    static final Set<String> READABLE = Set.of("x", "bx", "m", "y", "z", "bz");

    /** The {@code _id}s of the texts this entry needs. */
    static Set<String> textIds(ConversationId conversation, Document entry) {
        Stream<Long> own =
                Docs.flag(entry, "bx") || Docs.flag(entry, "bj") ? Stream.of(Docs.longOf(entry, "p")) : Stream.empty();
        Stream<Long> edit = Docs.flag(entry, "bz") ? Stream.of(Docs.longOf(entry, "m")) : Stream.empty();
        return Stream.concat(own, edit)
                .map(position -> PagePlace.textId(conversation, position))
                .collect(Collectors.toSet());
    }

    static RecordedEntry read(ConversationId conversation, Document entry, Map<String, Document> texts) {
        long position = Docs.longOf(entry, "p");
        Long retractedBy = Docs.longOrNull(entry, "r");
        Document own = text(texts, conversation, position);
        ConversationEvent event = eventWithoutText(conversation, entry, texts);
        if (retractedBy == null && EntryText.of(event).isPresent()) {
            event = EntryText.replaced(event, EventJson.sealed(either(entry, own, "x")));
        }
        Long editedBy = Docs.longOrNull(entry, "m");
        if (editedBy == null || retractedBy != null) {
            return new RecordedEntry(position, Docs.longOf(entry, "i"), event, null, null, retractedBy);
        }
        return new RecordedEntry(
                position,
                Docs.longOf(entry, "i"),
                event,
                editedBy,
                edit(entry, text(texts, conversation, editedBy)),
                null);
    }

    static boolean isEventElsewhere(Document entry) {
        return Docs.flag(entry, "bj");
    }

    static ConversationEvent eventWithoutText(
            ConversationId conversation, Document entry, Map<String, Document> texts) {
        return EventJson.event(either(entry, text(texts, conversation, Docs.longOf(entry, "p")), "j"));
    }

    private static MessageEdited edit(Document entry, Document editTexts) {
        if (!(EventJson.event(entry.getString("y")) instanceof MessageEdited edit)) {
            throw new IllegalStateException("What edited position " + Docs.longOf(entry, "p") + " is no edit");
        }
        String text = Docs.flag(entry, "bz") ? editTexts.getString("x") : entry.getString("z");
        return EntryText.replaced(edit, EventJson.sealed(text));
    }

    private static String either(Document entry, Document texts, String field) {
        return Docs.flag(entry, "b" + field) ? texts.getString(field) : entry.getString(field);
    }

    private static Document text(Map<String, Document> texts, ConversationId conversation, long position) {
        return texts.getOrDefault(PagePlace.textId(conversation, position), new Document());
    }
}
