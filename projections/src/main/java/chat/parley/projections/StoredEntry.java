package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.GroupStarted;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.ConversationId;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Sealed;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One entry as its page keeps it, and back. Large parts stand in texts instead.
 *
 * @param ordinal       of the newest message here or before
 * @param event         null where it is in texts; it has no readable text where that is in texts or was retracted
 * @param textElsewhere whether its text is in texts
 * @param edits         positions of all edits of this message
 * @param edit          the newest of them
 * @param retractedBy   position of the retraction of this message, or of the message that this edit changed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record StoredEntry(
        @JsonProperty("p") long position,
        @JsonProperty("i") long index,
        @JsonProperty("o") long ordinal,
        @JsonProperty("e") @Nullable ConversationEvent event,

        @JsonProperty("x") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean textElsewhere,

        @JsonProperty("d") List<Long> edits,
        @JsonProperty("m") @Nullable Edit edit,
        @JsonProperty("r") @Nullable Long retractedBy) {
    /*
     * A page stays within 256 KB: 64 entries of 4 KB. Of these the text takes 2 KB at most, the event without it and its
     * newest edit without text some 700 bytes each, and the edit's text 512.
     */
    private static final int MAX_INLINE_TEXT = 2_048;
    private static final int MAX_INLINE_EDIT_TEXT = 512;

    /** People an event names beside its author. */
    private static final int MAX_INLINE_PEOPLE = 4;

    StoredEntry {
        // Absent where there are none.
        edits = edits == null ? List.of() : edits;
    }

    /**
     * @param position where it stands
     * @param event    without its text where {@code textElsewhere}; null where it is in texts, as its own entry put it
     */
    record Edit(
            @JsonProperty("p") long position,
            @JsonProperty("e") @Nullable MessageEdited event,

            @JsonProperty("x") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean textElsewhere) {}

    static StoredEntry of(
            ConversationId conversation,
            Occurrence occurrence,
            long ordinal,
            ConversationEvent event,
            TextUpdates texts) {
        boolean eventElsewhere = people(event) > MAX_INLINE_PEOPLE;
        boolean textElsewhere = EntryText.of(event)
                .filter(text -> eventElsewhere || size(text) > MAX_INLINE_TEXT)
                .isPresent();
        String textId = PagePlace.textId(conversation, occurrence.position());
        ConversationEvent kept = event;
        if (textElsewhere) {
            texts.put(textId, "x", EventJson.of(EntryText.of(event).orElseThrow()));
            kept = EntryText.replaced(event, EntryText.NONE);
        }
        if (eventElsewhere) {
            texts.put(textId, "j", EventJson.of(kept));
        }
        return new StoredEntry(
                occurrence.position(),
                occurrence.index(),
                ordinal,
                eventElsewhere ? null : kept,
                textElsewhere,
                List.of(),
                null,
                null);
    }

    private static int people(ConversationEvent event) {
        return switch (event) {
            case GroupStarted started -> started.members().size();
            case MessageSent sent -> sent.mentions().size();
            case MessageEdited edited ->
                edited.mentions() == null ? 0 : edited.mentions().size();
            default -> 0;
        };
    }

    private static int size(Sealed text) {
        return text.keyId().length() + text.nonce().length() + text.ciphertext().length();
    }

    StoredEntry edited(MessageEdited edit, long by, TextUpdates texts) {
        boolean eventElsewhere = people(edit) > MAX_INLINE_PEOPLE;
        boolean elsewhere = eventElsewhere || size(edit.text()) > MAX_INLINE_EDIT_TEXT;
        if (elsewhere) {
            texts.put(PagePlace.textId(edit.conversation(), by), "x", EventJson.of(edit.text()));
        }
        List<Long> all = new ArrayList<>(edits);
        if (!all.contains(by)) {
            all.add(by);
        }
        MessageEdited kept = elsewhere ? EntryText.replaced(edit, EntryText.NONE) : edit;
        Edit newest = new Edit(by, eventElsewhere ? null : kept, elsewhere);
        return new StoredEntry(position, index, ordinal, event, textElsewhere, all, newest, retractedBy);
    }

    /** Without any text, and with nothing that leads to one. */
    StoredEntry retracted(long by) {
        ConversationEvent kept = event == null ? null : EntryText.replaced(event, EntryText.NONE);
        return new StoredEntry(position, index, ordinal, kept, false, edits, null, by);
    }

    boolean isEventElsewhere() {
        return event == null;
    }

    /** The {@code _id}s of the texts this entry needs. */
    Set<String> textIds(ConversationId conversation) {
        Set<String> ids = new HashSet<>();
        if (isEventElsewhere() || textElsewhere) {
            ids.add(PagePlace.textId(conversation, position));
        }
        if (edit != null && edit.textElsewhere()) {
            ids.add(PagePlace.textId(conversation, edit.position()));
        }
        return ids;
    }

    /** @param texts those that it needs, by {@code _id} */
    RecordedEntry recorded(ConversationId conversation, Map<String, Document> texts) {
        ConversationEvent whole = eventWithoutLargeText(conversation, texts);
        if (textElsewhere) {
            whole = EntryText.replaced(whole, text(conversation, position, texts));
        }
        return edit == null
                ? new RecordedEntry(position, index, whole, null, null, retractedBy)
                : new RecordedEntry(
                        position, index, whole, edit.position(), edit(conversation, edit, texts), retractedBy);
    }

    ConversationEvent eventWithoutLargeText(ConversationId conversation, Map<String, Document> texts) {
        return event == null ? EventJson.event(elsewhere(conversation, position, texts, "j")) : event;
    }

    private static MessageEdited edit(ConversationId conversation, Edit newest, Map<String, Document> texts) {
        MessageEdited edited = newest.event() == null
                ? (MessageEdited) EventJson.event(elsewhere(conversation, newest.position(), texts, "j"))
                : newest.event();
        return newest.textElsewhere()
                ? EntryText.replaced(edited, text(conversation, newest.position(), texts))
                : edited;
    }

    /** None where a retraction has just taken it away and is about to be in the page. */
    private static Sealed text(ConversationId conversation, long position, Map<String, Document> texts) {
        String json = elsewhere(conversation, position, texts, "x");
        return json.isEmpty() ? EntryText.NONE : EventJson.sealed(json);
    }

    /** Empty where it is gone. */
    private static String elsewhere(
            ConversationId conversation, long position, Map<String, Document> texts, String field) {
        Document document = texts.get(PagePlace.textId(conversation, position));
        return document == null ? "" : Objects.requireNonNullElse(document.getString(field), "");
    }
}
