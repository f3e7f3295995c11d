package chat.parley.search.history.analyst;

import chat.parley.search.history.document.MessageDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of an export, with its whole text.
 *
 * @param version position of the entry that this text comes from: the message, or an edit
 * @param since   when this text became current
 * @param until   when it was replaced or removed; only for an edited or retracted text
 * @param end     {@code edited} or {@code retracted}; only for such a text
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
