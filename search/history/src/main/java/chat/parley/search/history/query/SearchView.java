package chat.parley.search.history.query;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.MessageDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One page of what was found. It may have fewer hits than its limit and still not be the last, because what was
 * retracted since the search began is left out.
 *
 * @param total        how many there are on all pages, as of the beginning of the search
 * @param totalIsExact false where there are at least {@code total}
 * @param facets       on the first page
 * @param next         names the page after this one; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchView(
        List<Hit> hits,
        long total,
        boolean totalIsExact,
        @Nullable Facets facets,
        @Nullable String next) {
    /**
     * @param text       its first 2,000 characters
     * @param truncated  whether the text is longer
     * @param highlights parts of the text as HTML, with {@code <mark>} around what was looked for; none for queries of more
     *                   than 200 characters
     * @param editedAt   where it is not the text that was first sent
     * @param around     where to read what was said around it
     * @param version    the position of the entry that made the text this; of past texts only, as what follows
     * @param since      when the text began to stand
     * @param until      when it ceased to
     * @param end        what put an end to it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hit(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            String text,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated,
            List<String> highlights,
            @Nullable Instant editedAt,
            String around,
            @Nullable Long version,
            @Nullable Instant since,
            @Nullable Instant until,

            @Schema(allowableValues = {"edited", "retracted"}) @Nullable
            String end) {
        /** In code points. */
        private static final int LONGEST_TEXT = 2_000;

        static Hit of(Page.Found found) {
            MessageDocument document = found.document();
            String text = found.text();
            boolean truncated = text.codePointCount(0, text.length()) > LONGEST_TEXT;
            Instant since = Instant.ofEpochMilli(document.since());
            Long until = document.until();
            boolean past = until != null;
            return new Hit(
                    new ConversationId(document.conversation()),
                    document.position(),
                    new UserId(document.sender()),
                    document.sentAt(),
                    truncated ? text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) : text,
                    truncated,
                    found.highlights(),
                    document.version() == document.position() ? null : since,
                    "/api/v1/conversations/" + document.conversation() + "/entries?around=" + document.position(),
                    past ? document.version() : null,
                    past ? since : null,
                    until == null ? null : Instant.ofEpochMilli(until),
                    document.end());
        }

        /** Texts stay out of logs. */
        @Override
        public String toString() {
            return "Hit[conversation=" + conversation + ", position=" + position + "]";
        }
    }

    /** The most frequent 20 of each; {@code time} ascending, without what is empty. */
    record Facets(
            List<ConversationCount> conversation,
            List<SenderCount> sender,
            List<TimeCount> time,

            @Schema(allowableValues = {"minute", "hour", "day", "week", "month", "quarter", "year"})
            String interval) {
        static Facets of(Page.Facets facets) {
            return new Facets(
                    facets.conversations().stream()
                            .map(count -> new ConversationCount(new ConversationId(count.value()), count.count()))
                            .toList(),
                    facets.senders().stream()
                            .map(count -> new SenderCount(new UserId(count.value()), count.count()))
                            .toList(),
                    facets.times().stream()
                            .map(count -> new TimeCount(count.from(), count.count()))
                            .toList(),
                    facets.interval().name().toLowerCase(Locale.ROOT));
        }
    }

    record ConversationCount(ConversationId conversation, long count) {}

    record SenderCount(UserId sender, long count) {}

    /** @param from when the interval begins, in the time zone of the question */
    record TimeCount(Instant from, long count) {}

    static SearchView of(SearchPaginator.Turned turned) {
        Page page = turned.page();
        return new SearchView(
                page.hits().stream().map(Hit::of).toList(),
                page.total(),
                page.totalIsExact(),
                page.facets() == null ? null : Facets.of(page.facets()),
                turned.next());
    }
}
