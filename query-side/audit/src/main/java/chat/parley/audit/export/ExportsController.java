package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.web.audit.AuditorRequest;
import chat.parley.web.progress.ProgressFollowers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Makes archives for auditors who come back for them. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/exports")
final class ExportsController {
    /** More do not look after one server; each holds a connection. */
    private static final int MAX_FOLLOWERS = 32;

    private final RawEvents events;
    private final AuditAccess access;
    private final ArchiveRequests requests;
    private final Exports exports;
    private final ProgressFollowers followers = new ProgressFollowers(MAX_FOLLOWERS);

    ExportsController(RawEvents events, AuditAccess access, ArchiveRequests requests, Exports exports) {
        this.events = events;
        this.access = access;
        this.requests = requests;
        this.exports = exports;
    }

    @Operation(
            summary = "Order an export",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is read. Takes the"
                            + " parameters of `GET /audit/export` in a body and makes the same archive, which is kept for"
                            + " a time. The range ends with the newest event of this moment. An export survives a restart"
                            + " of the server by being begun again. The number of exports is limited, for the server and for"
                            + " each auditor, and so is their disk space.")
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
        Refusal.RETRY_LATER
    })
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ExportReport begin(@RequestBody ExportOrder order, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        UserId auditor = AuditorRequest.auditor(token);
        EventFilter filter = order.events().filter();
        Optional<DocumentFormat> _ = order.documents();
        access.record(token, AuditAction.EXPORT, filter.subject(), order.reason(), order.described(), request);
        return exports.begin(auditor, order, requests.of(order, EventRange.of(events, order.events())));
    }

    @Operation(
            summary = "List the caller's exports",
            description = "Needs the role `auditor`. Newest first; an export is listed until some time after its end.")
    @Refuses(Refusal.FORBIDDEN)
    @GetMapping
    List<ExportReport> list(@AuthenticationPrincipal Jwt token) {
        return exports.of(AuditorRequest.auditor(token));
    }

    @Operation(
            summary = "Read the progress of one of the caller's exports",
            description =
                    "Needs the role `auditor`. Answers percent, events per second and seconds left, or the outcome.")
    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Refusal.FORBIDDEN, Refusal.EXPORT_NOT_FOUND})
    ExportReport report(@PathVariable String id, @AuthenticationPrincipal Jwt token) {
        return exports.report(AuditorRequest.auditor(token), id);
    }

    @Operation(
            summary = "Follow the progress of one of the caller's exports",
            description =
                    "Needs the role `auditor`. Answers one event `progress` a second until the export has ended. The"
                            + " number of followers is limited.")
    @GetMapping(path = "/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Refuses({Refusal.FORBIDDEN, Refusal.EXPORT_NOT_FOUND, Refusal.LIMIT_EXCEEDED})
    SseEmitter follow(@PathVariable String id, @AuthenticationPrincipal Jwt token) {
        UserId auditor = AuditorRequest.auditor(token);
        return followers.follow(() -> exports.report(auditor, id), ExportReport::isOver);
    }

    @Operation(
            summary = "Download the archive of one of the caller's exports",
            description =
                    "Needs the role `auditor`. `java -jar parley-verify.jar export.zip` verifies the archive. Its order is"
                            + " the record of the access.")
    @GetMapping(path = "/{id}/archive", produces = ArchiveResponse.ZIP)
    @Refuses({Refusal.FORBIDDEN, Refusal.EXPORT_NOT_FOUND, Refusal.EXPORT_NOT_READY})
    void archive(@PathVariable String id, @AuthenticationPrincipal Jwt token, HttpServletResponse response)
            throws IOException {
        ArchiveResponse.write(exports.archive(AuditorRequest.auditor(token), id), "export.zip", response);
    }

    @Operation(
            summary = "Cancel or delete one of the caller's exports",
            description = "Needs the role `auditor`. The archive is deleted from the server.")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.FORBIDDEN, Refusal.EXPORT_NOT_FOUND})
    void remove(@PathVariable String id, @AuthenticationPrincipal Jwt token) {
        exports.remove(AuditorRequest.auditor(token), id);
    }
}
