package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.audit.FindConversationChanges;
import chat.parley.api.conversation.ConversationId;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.access.AuditAccess.Subject;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows auditors the past of a conversation. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/conversations/{conversation}")
final class PastConversationController {
    private final AuditAccess access;
    private final PastConversations past;

    PastConversationController(AuditAccess access, PastConversations past) {
        this.access = access;
        this.past = past;
    }

    @Operation(
            summary = "Read a conversation as it stood at a moment",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " members with their roles and read positions, title, pins and reactions of that moment, and"
                            + " entries as they read then: later edits and retractions have no effect.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.POSITION_NOT_FOUND,
        Refusal.RETRY_LATER
    })
    @GetMapping
    PastConversationView at(
            @PathVariable String conversation,
            @ParameterObject MomentQuery query,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        FindConversationAt wanted = query.in(new ConversationId(conversation));
        record(token, AuditAction.READ_CONVERSATION, wanted.conversation(), query.reason(), request);
        return past.at(wanted);
    }

    @Operation(
            summary = "Read what changed in a conversation between two moments",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " who joined and left, changed roles, pins, titles and read positions, and the entries in"
                            + " between, which say by whom and when. `next` is the `after` of the following page of"
                            + " entries.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.POSITION_NOT_FOUND,
        Refusal.RETRY_LATER
    })
    @GetMapping("/diff")
    DifferenceView difference(
            @PathVariable String conversation,
            @ParameterObject ChangesQuery query,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        FindConversationChanges wanted = query.in(new ConversationId(conversation));
        record(token, AuditAction.READ_CONVERSATION, wanted.conversation(), query.reason(), request);
        return past.between(wanted);
    }

    @Operation(
            summary = "Read who could read a message, and who read it",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " every version of the message, and for each person which version they could read from when"
                            + " on, and when their read position first reached it. `accesses` are the audit accesses since"
                            + " then whose recorded subject covers the message, and the analysts' searches and exports"
                            + " with hits that had the conversation in their scope; whether their other conditions let it"
                            + " through is in `request` and `query`. What was shown on a screen, and what a page of"
                            + " search results showed, is not known.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.RETRY_LATER
    })
    @GetMapping("/entries/{position}/access")
    EntryAccessView access(
            @PathVariable String conversation,
            @PathVariable long position,
            @Parameter(description = "Why it is read; one line, recorded for good")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        ConversationId id = new ConversationId(conversation);
        RequestParameters.require(position >= 1);
        record(token, AuditAction.READ_MESSAGE_ACCESS, id, reason, request);
        return past.access(id, position);
    }

    private void record(
            Jwt token, AuditAction action, ConversationId id, @Nullable String reason, HttpServletRequest request) {
        access.record(token, action, new Subject(id, null), reason, request);
    }
}
