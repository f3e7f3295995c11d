package chat.parley.search.history.query;

import static chat.parley.api.Refusal.CURSOR_INVALID;
import static chat.parley.api.Refusal.FORBIDDEN;
import static chat.parley.api.Refusal.INVALID_ID;
import static chat.parley.api.Refusal.INVALID_PARAMETER;
import static chat.parley.api.Refusal.NOT_A_MEMBER;
import static chat.parley.api.Refusal.QUERY_INVALID;
import static chat.parley.api.Refusal.QUERY_TOO_LONG;
import static chat.parley.api.Refusal.REASON_REQUIRED;
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
        A query consists of words, `"exact phrases"` and operators. A `-` before a term excludes its matches. \
        A hit satisfies every term; of several `from:` or `in:` terms it satisfies one.

        | operator | finds |
        |---|---|
        | `from:ann` | messages of a user: `me`, a username or a user id |
        | `in:id` | messages of a conversation |
        | `mentions:me` | messages that mention a user |
        | `has:link` | messages with a URL |
        | `before:2026-11-21` `after:2026-11-21` | messages before that day, or after that day; the \
        day itself is excluded. A time such as `2026-11-21T14:30` may be given instead |
        | `on:2026-11-21` | messages of that day |
        | `was:edited` `was:retracted` | texts that were edited or retracted; investigators only |
        | `as-of:2026-11-21` | texts that were current at the end of that day, or at a time; investigators \
        only |

        Every text is a valid query. Messages that contain the whole query literally are always found, and \
        come first. An operator is recognised only at the beginning of a term and with a valid value (`has:x` \
        is text). A `-` excludes only before a letter, an emoji, `@`, `#`, `_` or a phrase (`-40`, `--force` \
        and `->` are text). A quotation mark begins a phrase only at the beginning of a term, and ends it \
        before a blank, a sign or the end (`27"` is text). Other signs have no meaning: among words they only \
        rank messages with the same signs first; a phrase has to match with its signs. A query of more than 32 \
        terms is only searched literally. An unknown user, a conversation of another user, or a missing role \
        is refused only if no message contains the query literally. Accents, case, width and emoji variants \
        are ignored; messages with the same spelling come first. There are no wildcards.

        Members search the messages that they may read. The roles `analyst` and `investigator` search all \
        messages unless `scope=own` is given; each such search needs a `reason` and is recorded with it. All pages show one point in \
        time, which is kept for five minutes. Messages that were retracted since are left out.\
        """)
    @Refuses({
        INVALID_ID,
        INVALID_PARAMETER,
        QUERY_INVALID,
        QUERY_TOO_LONG,
        CURSOR_INVALID,
        REASON_REQUIRED,
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
            @Parameter(description = "The query, of at most 1000 characters; optional if there is a filter")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "A conversation's id") @RequestParam(required = false) @Nullable
                    String conversation,
            @Parameter(description = "A user's id") @RequestParam(required = false) @Nullable String sender,
            @Parameter(description = "The first day or time") @RequestParam(required = false) @Nullable String from,
            @Parameter(description = "The last day or time") @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "The time zone of days, such as `Asia/Seoul`; UTC by default")
                    @RequestParam(required = false)
                    @Nullable
                    String tz,
            @Parameter(
                            description = "Where to search; `all` needs an analyst and is the default for analysts",
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
            @Parameter(description = "The `next` of the previous page; the request must be the same")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(
                            description = "One line of at most 500 characters; required if the whole history is"
                                    + " searched, and recorded")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
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
                    asker,
                    question,
                    RequestParameters.parse(SearchOrder.class, "sort", sort),
                    limit,
                    facets,
                    cursor,
                    reason));
        });
    }

    @Operation(summary = "Suggest completions of a query", description = """
        Completes the last word of `q`, if no space follows it: with words of messages, with the operators of \
        the query language, and after `from:` and `mentions:` with usernames. Words come only from the newest \
        50 messages that the user may read as a member and that match the rest of `q`; the newest 5 of these \
        are `hits`. The request is not recorded.\
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
            @Parameter(description = "The query typed so far, of at most 1000 characters") @RequestParam String q,
            @Parameter(description = "A conversation's id") @RequestParam(required = false) @Nullable
                    String conversation,
            @Parameter(description = "The time zone of days, such as `Asia/Seoul`; UTC by default")
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
