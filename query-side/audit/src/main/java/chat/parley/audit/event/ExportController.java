package chat.parley.audit.event;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
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
                            + " checkpoint and a signed manifest. `java -jar parley-verify.jar export.zip` verifies it.")
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
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = query.filter();
        access.record(token, AuditAction.EXPORT, filter.subject(), query.reason(), request);
        Path archive = archiver.archive(EventRange.of(events, query), filter);
        try {
            response.setContentType(ZIP);
            response.setContentLengthLong(Files.size(archive));
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("export.zip")
                            .build()
                            .toString());
            Files.copy(archive, response.getOutputStream());
        } finally {
            Files.delete(archive);
        }
    }
}
