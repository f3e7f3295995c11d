package chat.parley.audit.event;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.access.AuditAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Streams stored events to auditors. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/events")
final class EventController {
    private static final String NDJSON = "application/x-ndjson";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_TYPES = 64;

    private final RawEvents events;
    private final AuditAccess access;
    private final CloudEventWriter writer;
    private final JsonMapper json;

    EventController(RawEvents events, AuditAccess access, CloudEventWriter writer, JsonMapper json) {
        this.events = events;
        this.access = access;
        this.writer = writer;
        this.json = json;
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
            @Parameter(description = "Why the events are read; one line, recorded for good")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Parameter(description = "The index after which the answer begins")
                    @RequestParam(required = false)
                    @Nullable
                    Long after,
            @Parameter(description = "The last index") @RequestParam(required = false) @Nullable Long through,
            @Parameter(description = "The moment of the first event, RFC 3339 with a zone")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "The moment before which the last event was stored")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = "Only events that name this conversation")
                    @RequestParam(required = false)
                    @Nullable
                    String conversation,
            @Parameter(description = "Only events that name this person") @RequestParam(required = false) @Nullable
                    String user,
            @Parameter(description = "Only these types, such as `MessageSent`")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> type,
            @Parameter(description = "Only entries of conversations from this position on")
                    @RequestParam(required = false)
                    @Nullable
                    Long fromPosition,
            @Parameter(description = "Only entries of conversations up to this position")
                    @RequestParam(required = false)
                    @Nullable
                    Long toPosition,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = filter(conversation, user, type, fromPosition, toPosition);
        access.record(
                token,
                AuditAction.READ_EVENTS,
                new AuditAccess.Subject(filter.conversation(), filter.user()),
                reason,
                request);
        EventRange range = EventRange.of(events, after, through, from, to);
        response.setContentType(NDJSON);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
        write(range, filter, out);
        out.flush();
    }

    private static EventFilter filter(
            @Nullable String conversation,
            @Nullable String user,
            @Nullable List<String> types,
            @Nullable Long fromPosition,
            @Nullable Long toPosition) {
        Set<String> wanted = types == null ? Set.of() : Set.copyOf(types);
        boolean reversed = fromPosition != null && toPosition != null && toPosition < fromPosition;
        if (wanted.size() > MAX_TYPES || reversed || isBelowOne(fromPosition) || isBelowOne(toPosition)) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        return new EventFilter(
                conversation == null ? null : new ConversationId(conversation),
                user == null ? null : new UserId(user),
                wanted,
                fromPosition,
                toPosition);
    }

    private static boolean isBelowOne(@Nullable Long position) {
        return position != null && position < 1;
    }

    private void write(EventRange range, EventFilter filter, OutputStream out) throws IOException {
        long last = range.after();
        try (RawEvents.Reader reader = events.after(last)) {
            while (last < range.through()) {
                List<RawEvent> batch = reader.next();
                for (RawEvent event : batch) {
                    if (event.index() <= range.through() && filter.accepts(event, json)) {
                        writer.write(event, out);
                    }
                }
                last = batch.getLast().index();
            }
        }
    }
}
