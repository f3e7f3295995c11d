package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.Page;
import chat.parley.search.history.query.SearchOrder;
import chat.parley.search.history.query.SearchPlan;
import chat.parley.search.history.query.SearchPlanner;
import chat.parley.search.history.query.SearchRequest;
import chat.parley.search.history.query.SearchScope;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Exports whole results as files, for analysts. */
@Tag(name = "Search")
@RestController
@RequestMapping("/api/v1/search")
final class ExportController {
    static final String ID = "Parley-Export-Id";
    static final String TOTAL = "Parley-Export-Total";

    private static final int BUFFER_BYTES = 64 * 1024;

    private final SearchPlanner planner;
    private final HistorySearch search;
    private final SearchAuditLog journal;
    private final Exports exports;
    private final JsonMapper json;

    ExportController(
            SearchPlanner planner, HistorySearch search, SearchAuditLog journal, Exports exports, JsonMapper json) {
        this.planner = planner;
        this.search = search;
        this.journal = journal;
        this.exports = exports;
        this.json = json;
    }

    @Operation(
            summary = "Export a whole search result as a file",
            description =
                    "Needs the role `analyst` or `investigator` and a reason, and is recorded. Streams the messages with their whole texts, oldest"
                            + " first by default. `ndjson` ends with the line `{\"exported\":n}`. `csv` is RFC 4180 with a"
                            + " header row; a text that a spreadsheet would read as a formula (it begins with `=`, `+`, `-`,"
                            + " `@`, a tab or a line break) gets an apostrophe in front. If search fails during the export,"
                            + " the connection closes before the end of the answer. Messages that are retracted meanwhile are"
                            + " left out, so fewer messages may be exported than were found.")
    @ApiResponse(
            responseCode = "200",
            headers = {
                @Header(
                        name = ID,
                        description = "Id of the export, for `/search/exports/{id}`",
                        schema = @Schema(type = "string")),
                @Header(
                        name = TOTAL,
                        description = "Number of messages found",
                        schema = @Schema(type = "integer", format = "int64"))
            },
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = ExportedMessage.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @Refuses({
        Refusal.INVALID_PARAMETER,
        Refusal.INVALID_ID,
        Refusal.QUERY_INVALID,
        Refusal.QUERY_TOO_LONG,
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.USER_NOT_FOUND,
        Refusal.LIMIT_EXCEEDED,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE,
        Refusal.RETRY_LATER
    })
    @GetMapping("/export")
    void export(
            @Parameter(description = "In the query language of `GET /search`") @RequestParam(required = false) @Nullable
                    String q,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String sender,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String tz,
            @Parameter(description = "`oldest`, `newest` or `relevance`") @RequestParam(defaultValue = "oldest")
                    String sort,
            @Parameter(description = "`ndjson` or `csv`") @RequestParam String format,
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletResponse response) {
        String stated = RequestParameters.reason(reason);
        ExportFormat as = ExportFormat.parse(format);
        SearchOrder order = RequestParameters.parse(SearchOrder.class, "sort", sort);
        SearchRequest question = SearchRequest.of(q, tz, conversation, sender, from, to, SearchScope.ALL);
        SearchPlan plan = planner.plan(Searcher.of(token), question);
        Export export = exports.begin(plan.asker().user());
        try (ResultPages result = new ResultPages(search, plan, order)) {
            Page first = result.first();
            journal.record(plan.asker().user(), SearchUse.EXPORT, question.written(), stated, first.total());
            export.found(first.total());
            announce(export, as, first.total(), response);
            write(
                    result,
                    first,
                    as.open(new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES), json),
                    export);
        } catch (IOException clientHasGone) {
            export.end(Export.State.CANCELLED);
        } catch (RuntimeException failed) {
            export.end(Export.State.FAILED);
            throw failed;
        }
    }

    private static void announce(Export export, ExportFormat as, long total, HttpServletResponse response) {
        response.setContentType(as.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(as.fileName()).build().toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(ID, export.id());
        response.setHeader(TOTAL, Long.toString(total));
    }

    private static void write(ResultPages result, Page first, ExportFile file, Export export) throws IOException {
        long exported = 0;
        for (Page page = first; ; page = result.after(page)) {
            for (Page.Found found : page.hits()) {
                file.write(ExportedMessage.of(found.document()));
            }
            exported += page.hits().size();
            if (page.isLast()) {
                file.end(exported);
                export.finish(page.hits().size());
                return;
            }
            file.flush();
            export.advance(ResultPages.PAGE, page.hits().size());
        }
    }

    @Operation(summary = "Read the progress of one of the caller's exports, until an hour after its end")
    @Refuses(Refusal.EXPORT_NOT_FOUND)
    @GetMapping(path = "/exports/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Export.Progress progress(@PathVariable String id, @AuthenticationPrincipal Jwt token) {
        return exports.of(Searcher.of(token).user(), id).progress();
    }

    @Operation(
            summary = "Follow the progress of one of the caller's exports",
            description = "An event `progress` for each change, the last when it has ended.")
    @Refuses({Refusal.EXPORT_NOT_FOUND, Refusal.LIMIT_EXCEEDED})
    @GetMapping(path = "/exports/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter follow(@PathVariable String id, @AuthenticationPrincipal Jwt token) {
        return ProgressStream.of(exports.of(Searcher.of(token).user(), id));
    }
}
