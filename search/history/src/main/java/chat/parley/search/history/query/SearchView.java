package chat.parley.search.history.query;

import chat.parley.api.KebabCase;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.MessageDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of hits. It may have fewer hits than its limit without being the last, because messages retracted since the
 * search began are left out.
 *
 * @param total        number of hits on all pages, as of the beginning of the search
 * @param totalIsExact false if there are at least {@code total}
 * @param facets       on the first page
 * @param next         the cursor of the next page; absent on the last
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
     * @param highlights parts of the text as HTML, with {@code <mark>} around matches; empty for queries of more than
     * 200 characters
     * @param editedAt   when the text was edited; absent for the original text
     * @param around     URL of the surrounding entries
     * @param version    position of the entry that the text comes from; only for past texts, like the following
     * @param since      when the text became current
     * @param until      when the text was replaced or removed
     * @param end        how the text was ended
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

        /** Logs must not contain texts. */
        @Override
        public String toString() {
            return "Hit[conversation=" + conversation + ", position=" + position + "]";
        }
    }

    /** The 20 most frequent of each; {@code time} ascending, without empty intervals. */
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
                    KebabCase.of(facets.interval()));
        }
    }

    record ConversationCount(ConversationId conversation, long count) {}

    record SenderCount(UserId sender, long count) {}

    /** @param from begin of the interval, in the request's time zone */
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
