package chat.parley.search.history.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text of one message as Elasticsearch stores it; see {@link Fields}. Times are epoch milliseconds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageDocument(
        String conversation,
        long position,
        long version,
        String sender,
        long at,
        long since,
        @Nullable Long until,
        @Nullable String end,
        @Nullable Long endedBy,
        boolean retracted,
        @Nullable String text,
        @Nullable List<String> mentions,
        @Nullable Long replyTo,
        boolean link) {
    public Instant sentAt() {
        return Instant.ofEpochMilli(at);
    }
}
