package chat.parley.search.history.operator;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.conversation.ConversationId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Compares a conversation's history with the index, for admins and auditors. */
@RestController
@RequestMapping("/api/v1/search/checks")
public final class CheckController {
    private final ConsistencyCheck check;
    private final OperatorAccess access;

    public CheckController(ConsistencyCheck check, OperatorAccess access) {
        this.check = check;
        this.access = access;
    }

    @Operation(
            summary = "Compare a conversation with the search index",
            description =
                    "Reads the history of the conversation and answers the documents that are missing,"
                            + " surplus or different. Needs the role `admin` or `auditor`, and is recorded with the reason first.")
    @PostMapping
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.RETRY_LATER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    CheckReport check(
            @RequestParam ConversationId conversation,
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Nullable Authentication caller,
            HttpServletRequest request) {
        access.record(caller, AuditAction.CHECK, conversation, reason, request);
        return check.of(conversation);
    }
}
