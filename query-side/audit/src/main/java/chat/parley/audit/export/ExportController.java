package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives auditors events with their proofs. */
@Tag(name = "Audit")
@RestController
final class ExportController {
    private final RawEvents events;
    private final AuditAccess access;
    private final EventArchiver archiver;
    private final ArchiveRequests requests;

    ExportController(RawEvents events, AuditAccess access, EventArchiver archiver, ArchiveRequests requests) {
        this.events = events;
        this.access = access;
        this.archiver = archiver;
        this.requests = requests;
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
            @ParameterObject ExportOrder order,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = order.events().filter();
        Optional<DocumentFormat> _ = order.documents();
        access.record(token, AuditAction.EXPORT, filter.subject(), order.reason(), request);
        ArchiveRequest asked = requests.of(order, EventRange.of(events, order.events()));
        try (EventArchiver.Archive archive = archiver.archive(asked, ArchiveProgress.NONE)) {
            ArchiveResponse.write(archive.file(), "export.zip", response);
        }
    }
}
