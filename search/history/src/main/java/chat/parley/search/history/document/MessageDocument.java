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
    /** As it is derived once the key of its text is destroyed. */
    public MessageDocument withoutText() {
        return new MessageDocument(
                conversation,
                position,
                version,
                sender,
                at,
                since,
                until,
                end,
                endedBy,
                retracted,
                null,
                mentions,
                replyTo,
                false);
    }

    public Instant sentAt() {
        return Instant.ofEpochMilli(at);
    }
}
