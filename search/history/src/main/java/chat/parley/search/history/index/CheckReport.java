package chat.parley.search.history.index;

import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.DocumentKind;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What in the index is not as the history has it. Shows no texts.
 *
 * @param generation  that was looked at
 * @param head        the history was compared up to this position
 * @param messages    that the history has
 * @param past        texts that the history has put an end to
 * @param counts      of all differences by kind
 * @param differences the first of them
 */
record CheckReport(
        ConversationId conversation,
        String generation,
        long head,
        long messages,
        long past,
        Map<Kind, Long> counts,
        List<Difference> differences) {
    /** What can be wrong with a document. */
    enum Kind {
        /** It is not there. */
        MISSING,
        /** It is of an older version. */
        STALE,
        /** Its message is retracted, but it is still as it was before. */
        NOT_RETRACTED,
        /** Its text is another; also one that was erased meanwhile. */
        WRONG_TEXT,
        /** Something else of it is wrong. */
        WRONG_FIELDS,
        /** The history has nothing that it could be of. */
        EXTRA,
        /** What it should be cannot be told, because its events cannot be read. */
        UNREADABLE;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One document that is not as it should be, by the position of its message and the entry of its text. */
    record Difference(Kind kind, DocumentKind document, long position, long version) {}
}
