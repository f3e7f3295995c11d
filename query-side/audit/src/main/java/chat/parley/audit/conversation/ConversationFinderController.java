package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.access.AuditAccess.Subject;
import chat.parley.audit.event.EventQuery;
import chat.parley.audit.event.EventRange;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Finds conversations for auditors who do not know their ids. */
@Tag(name = "Audit")
@RestController
final class ConversationFinderController {
    private final RawEvents events;
    private final AuditAccess access;
    private final ConversationFinder finder;

    ConversationFinderController(RawEvents events, AuditAccess access, ConversationFinder finder) {
        this.events = events;
        this.access = access;
        this.finder = finder;
    }

    @Operation(
            summary = "Find conversations by member, title or time",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " conversations with every title that they had and everybody who was ever a member, in the"
                            + " order of their start, as far as the events before `to` tell. A title whose key was"
                            + " destroyed finds nothing.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.LIMIT_EXCEEDED,
        Refusal.RETRY_LATER
    })
    @GetMapping("/api/v1/audit/conversations")
    FoundConversations find(
            @ParameterObject ConversationQuery query, @AuthenticationPrincipal Jwt token, HttpServletRequest request)
            throws IOException {
        query.requireValid();
        EventQuery time = new EventQuery(null, null, null, query.from(), query.to(), null, null, null, null, null);
        Subject subject = new Subject(null, query.wantedMember());
        access.record(token, AuditAction.READ_CONVERSATION, subject, query.reason(), request);
        return finder.find(query, EventRange.of(events, time));
    }
}
