package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventQuery;
import chat.parley.audit.event.EventRange;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives auditors events with their proofs. */
@Tag(name = "Audit")
@RestController
final class ExportController {
    private static final String ZIP = "application/zip";

    private final RawEvents events;
    private final AuditAccess access;
    private final EventArchiver archiver;

    ExportController(RawEvents events, AuditAccess access, EventArchiver archiver) {
        this.events = events;
        this.access = access;
        this.archiver = archiver;
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
        Refusal.NOT_LOGGED_YET,
        Refusal.RETRY_LATER
    })
    @GetMapping(path = "/api/v1/audit/export", produces = ZIP)
    void export(
            @ParameterObject EventQuery query,
            @Parameter(description = "`rsmf`, `eml` or `slack`, as documents besides the events")
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = query.filter();
        Optional<DocumentFormat> documents =
                Optional.ofNullable(format).map(name -> RequestParameters.parse(DocumentFormat.class, "format", name));
        access.record(token, AuditAction.EXPORT, filter.subject(), query.reason(), request);
        ArchiveRequest asked = new ArchiveRequest(EventRange.of(events, query), filter, documents);
        try (EventArchiver.Archive archive = archiver.archive(asked, ArchiveProgress.NONE)) {
            response.setContentType(ZIP);
            response.setContentLengthLong(Files.size(archive.file()));
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("export.zip")
                            .build()
                            .toString());
            Files.copy(archive.file(), response.getOutputStream());
        }
    }
}
