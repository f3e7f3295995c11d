package chat.parley.search.history.query;

import static chat.parley.api.Refusal.CURSOR_INVALID;
import static chat.parley.api.Refusal.FORBIDDEN;
import static chat.parley.api.Refusal.INVALID_ID;
import static chat.parley.api.Refusal.INVALID_PARAMETER;
import static chat.parley.api.Refusal.NOT_A_MEMBER;
import static chat.parley.api.Refusal.QUERY_INVALID;
import static chat.parley.api.Refusal.QUERY_TOO_LONG;
import static chat.parley.api.Refusal.SEARCH_CURSOR_EXPIRED;
import static chat.parley.api.Refusal.SEARCH_OFF;
import static chat.parley.api.Refusal.SEARCH_STARTING;
import static chat.parley.api.Refusal.SEARCH_UNAVAILABLE;
import static chat.parley.api.Refusal.USER_NOT_FOUND;

import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.search.history.permission.Searcher;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Search")
@RestController
@RequestMapping("/api/v1/search")
final class SearchController {
    private static final int MOST_HITS = 100;

    private static final int MOST_SUGGESTIONS = 20;

    private final SearchPaginator turner;
    private final Suggestions suggestions;
    private final SearchMeters meters;

    SearchController(SearchPaginator turner, Suggestions suggestions, SearchMeters meters) {
        this.turner = turner;
        this.suggestions = suggestions;
        this.meters = meters;
    }

    @Operation(summary = "Search messages", description = """
        A query has words, `"exact phrases"` and operators; a `-` before any of them excludes. Every term \
        must hold, but of several `from:` or `in:` one.

        | operator | finds |
        |---|---|
        | `from:ann` | what somebody said: `me`, a username or a user id |
        | `in:id` | what was said in a conversation |
        | `mentions:me` | what mentions somebody |
        | `has:link` | what has a URL |
        | `before:2026-11-21` `after:2026-11-21` | what was said before that day, after that day; neither \
        has the day itself. A time such as `2026-11-21T14:30` may be named instead |
        | `on:2026-11-21` | what was said on that day |
        | `was:edited` `was:retracted` | texts that were replaced or taken back; investigators only |
        | `as-of:2026-11-21` | texts as they stood at the end of that day, or at a time; investigators \
        only |

        Any text is a query, and messages that have the whole of it as it stands are found whatever it \
        means, before all others. An operator is one only where a term begins and with a value that it can \
        have (`has:x` is text); a `-` excludes only before a letter, an emoji, `@`, `#`, `_` or a phrase \
        (`-40`, `--force` and `->` are text); a quotation mark begins a phrase only where a term begins, \
        and ends it before a blank, a sign or the end (`27"` is text). Other signs never mean anything: \
        among words they only put those messages first that have them too; a quoted phrase has to have its \
        signs. A query of more than 32 terms is taken for text alone. A person whom there is not, a \
        conversation that one is not in, or a past that one may not see is told where no message has the \
        text. Letters are found without their accents, case, width or emoji variants, those written alike \
        first. There are no wildcards.

        Members find what they may read. The roles `analyst` and `investigator` \
        find everything unless they ask for `scope=own`, and each such search is recorded. Pages are of one \
        point in time, which is kept for five minutes; what was retracted since is left out.\
        """)
    @Refuses({
        INVALID_ID,
        INVALID_PARAMETER,
        QUERY_INVALID,
        QUERY_TOO_LONG,
        CURSOR_INVALID,
        SEARCH_CURSOR_EXPIRED,
        NOT_A_MEMBER,
        USER_NOT_FOUND,
        FORBIDDEN,
        SEARCH_OFF,
        SEARCH_STARTING,
        SEARCH_UNAVAILABLE
    })
    @GetMapping
    SearchView search(
            @Parameter(description = "The query, of at most 1000 characters; may be left out where there is a filter")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "A conversation's id") @RequestParam(required = false) @Nullable
                    String conversation,
            @Parameter(description = "A user's id") @RequestParam(required = false) @Nullable String sender,
            @Parameter(description = "The first day or time") @RequestParam(required = false) @Nullable String from,
            @Parameter(description = "The last day or time") @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "The time zone of days, such as `Asia/Seoul`; UTC where it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    String tz,
            @Parameter(
                            description = "Where to search; `all` is for analysts, and what they get by default",
                            schema = @Schema(allowableValues = {"own", "all"}))
                    @RequestParam(required = false)
                    @Nullable
                    String scope,
            @Parameter(schema = @Schema(allowableValues = {"relevance", "newest", "oldest"}))
                    @RequestParam(defaultValue = "relevance")
                    String sort,
            @Parameter(description = "1 to 100") @RequestParam(defaultValue = "20") int limit,
            @Parameter(description = "Whether to count by conversation, sender and time on the first page")
                    @RequestParam(defaultValue = "true")
                    boolean facets,
            @Parameter(description = "The `next` of the page before; the question must be the same")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @AuthenticationPrincipal Jwt token) {
        Searcher asker = Searcher.of(token);
        return meters.measure(asker.isAnalyst() ? "analyst" : "member", () -> {
            if (limit < 1 || limit > MOST_HITS) {
                throw new Refused(INVALID_PARAMETER, "limit is 1 to " + MOST_HITS);
            }
            SearchRequest question = SearchRequest.of(
                    q,
                    tz,
                    conversation,
                    sender,
                    from,
                    to,
                    scope == null ? null : RequestParameters.parse(SearchScope.class, "scope", scope));
            return SearchView.of(turner.turn(
                    asker, question, RequestParameters.parse(SearchOrder.class, "sort", sort), limit, facets, cursor));
        });
    }

    @Operation(summary = "Suggest completions of a query", description = """
        Completes the last word of `q`, if no space follows it: with words of messages that one may read as a \
        member and that have what stands before it, with the operators of the query language, and after \
        `from:` and `mentions:` with usernames. Words are taken from the newest 50 such messages and from \
        nothing else; the newest 5 of these are `hits`. Nothing is recorded.\
        """)
    @Refuses({
        INVALID_ID,
        INVALID_PARAMETER,
        QUERY_INVALID,
        QUERY_TOO_LONG,
        NOT_A_MEMBER,
        USER_NOT_FOUND,
        SEARCH_OFF,
        SEARCH_STARTING,
        SEARCH_UNAVAILABLE
    })
    @GetMapping("/suggest")
    SuggestView suggest(
            @Parameter(description = "What is typed so far, of at most 1000 characters") @RequestParam String q,
            @Parameter(description = "A conversation's id") @RequestParam(required = false) @Nullable
                    String conversation,
            @Parameter(description = "The time zone of days, such as `Asia/Seoul`; UTC where it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    String tz,
            @Parameter(description = "1 to 20") @RequestParam(defaultValue = "8") int limit,
            @AuthenticationPrincipal Jwt token) {
        return meters.measure("suggest", () -> {
            if (limit < 1 || limit > MOST_SUGGESTIONS) {
                throw new Refused(INVALID_PARAMETER, "limit is 1 to " + MOST_SUGGESTIONS);
            }
            return suggestions.of(Searcher.of(token), q, tz, conversation, limit);
        });
    }
}
