package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.api.search.FindHits;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventQuery;
import chat.parley.audit.event.EventRange;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Gives auditors events with their proofs. */
@Tag(name = "Audit")
@RestController
final class ExportController {
    /** Each takes some 100 bytes while the archive is made. */
    private static final int MOST_HITS = 100_000;

    private final RawEvents events;
    private final AuditAccess access;
    private final EventArchiver archiver;
    private final QueryClient queries;
    private final JsonMapper json;

    ExportController(
            RawEvents events, AuditAccess access, EventArchiver archiver, QueryClient queries, JsonMapper json) {
        this.events = events;
        this.access = access;
        this.archiver = archiver;
        this.queries = queries;
        this.json = json;
    }

    @Operation(
            summary = "Export stored events as an archive that can be verified offline",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " a zip file of the events, the hashes of the transparency log that prove them, its signed"
                            + " checkpoint and a signed manifest. `java -jar parley-verify.jar export.zip` verifies it."
                            + " With a `format` the archive also has the selected entries of conversations as documents"
                            + " with readable texts, each with all versions and whoever could read it.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.QUERY_TOO_LONG,
        Refusal.QUERY_INVALID,
        Refusal.LIMIT_EXCEEDED,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE,
        Refusal.NOT_LOGGED_YET,
        Refusal.RETRY_LATER
    })
    @GetMapping(path = "/api/v1/audit/export", produces = ArchiveResponse.ZIP)
    void export(
            @ParameterObject EventQuery query,
            @Parameter(description = "`rsmf`, `eml` or `slack`, as documents besides the events")
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(
                            description =
                                    "Only the messages that this search finds in current or past texts, with their"
                                            + " edits and retractions; in the query language of `GET /search`")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = query.filter();
        Optional<DocumentFormat> documents =
                Optional.ofNullable(format).map(name -> RequestParameters.parse(DocumentFormat.class, "format", name));
        access.record(token, AuditAction.EXPORT, filter.subject(), query.reason(), request);
        EventRange range = EventRange.of(events, query);
        Optional<HitSelection> hits = Optional.ofNullable(q).map(this::hits);
        ArchiveRequest asked = new ArchiveRequest(range, filter, hits, documents);
        try (EventArchiver.Archive archive = archiver.archive(asked, ArchiveProgress.NONE)) {
            ArchiveResponse.write(archive, "export.zip", response);
        }
    }

    private HitSelection hits(String query) {
        return new HitSelection(
                queries.ask(new FindHits(query, MOST_HITS), FindHits.Hits.class).hits(), json);
    }
}
