package chat.parley.search.history.analyst;

import chat.parley.search.history.document.MessageDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of an export, with its whole text.
 *
 * @param version the position of the entry that made the text what it is here: the message's own, or an edit's
 * @param since   when this text began to stand
 * @param until   when it ceased to; only of a text that was edited or retracted
 * @param end     {@code edited} or {@code retracted}; only of such a text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportedMessage(
        String conversation,
        long position,
        String sender,
        Instant at,
        String text,
        List<String> mentions,
        @Nullable Long replyTo,
        long version,
        Instant since,
        @Nullable Instant until,
        @Nullable String end) {
    static ExportedMessage of(MessageDocument document) {
        return new ExportedMessage(
                document.conversation(),
                document.position(),
                document.sender(),
                document.sentAt(),
                document.text() == null ? "" : document.text(),
                document.mentions() == null ? List.of() : document.mentions(),
                document.replyTo(),
                document.version(),
                Instant.ofEpochMilli(document.since()),
                document.until() == null ? null : Instant.ofEpochMilli(document.until()),
                document.end());
    }

    @Override
    public String toString() {
        return "ExportedMessage[" + conversation + ":" + position + "]";
    }
}
