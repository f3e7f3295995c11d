package chat.parley.search.history.operator;

import chat.parley.api.KebabCase;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.DocumentKind;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * Differences between the index and the history. Contains no texts.
 *
 * @param generation  the generation that was checked
 * @param head        the history was compared up to this position
 * @param messages    number of messages in the history
 * @param past        number of past texts in the history
 * @param counts      number of differences by kind
 * @param differences the first differences
 */
public record CheckReport(
        ConversationId conversation,
        String generation,
        long head,
        long messages,
        long past,
        Map<Kind, Long> counts,
        List<Difference> differences) {
    /** The kinds of differences. */
    public enum Kind {
        /** The document does not exist. */
        MISSING,
        /** The document has an older version. */
        STALE,
        /** The message is retracted, but the document is not. */
        NOT_RETRACTED,
        /** The text differs, or was erased in the meantime. */
        WRONG_TEXT,
        /** Another field differs. */
        WRONG_FIELDS,
        /** The history has nothing that this document could derive from. */
        EXTRA,
        /** The expected content is unknown, because the events cannot be read. */
        UNREADABLE;

        @JsonValue
        String wireName() {
            return KebabCase.of(this);
        }
    }

    /** One differing document, by position of its message and position of its text's entry. */
    public record Difference(Kind kind, DocumentKind document, long position, long version) {}
}
