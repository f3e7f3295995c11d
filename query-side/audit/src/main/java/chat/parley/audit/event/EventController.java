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
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Streams stored events to auditors. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/events")
final class EventController {
    private static final String NDJSON = "application/x-ndjson";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RawEvents events;
    private final EventSelector selector;
    private final AuditAccess access;
    private final CloudEventWriter writer;

    EventController(RawEvents events, EventSelector selector, AuditAccess access, CloudEventWriter writer) {
        this.events = events;
        this.selector = selector;
        this.access = access;
        this.writer = writer;
    }

    @Operation(
            summary = "Read stored events in their global order",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " CloudEvents 1.0, one JSON object a line, up to the newest event at the time of the request. The"
                            + " extension `globalindex` of the last line received is the `after` that continues a broken answer."
                            + " Data are the stored payload; its texts stay sealed.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.QUERY_TOO_LONG,
        Refusal.RETRY_LATER
    })
    @GetMapping(produces = NDJSON)
    void events(
            @ParameterObject EventQuery query,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = query.filter();
        access.record(token, AuditAction.READ_EVENTS, filter.subject(), query.reason(), request);
        EventRange range = EventRange.of(events, query);
        response.setContentType(NDJSON);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
        selector.forEach(range, filter, event -> writer.write(event, out));
        out.flush();
    }
}
