package chat.parley.search.history.index;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.conversation.ConversationId;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Compares a conversation's history with the index, for admins and auditors. */
@RestController
@RequestMapping("/api/v1/search/checks")
final class CheckController {
    private final ConsistencyCheck check;

    CheckController(ConsistencyCheck check) {
        this.check = check;
    }

    @Operation(
            summary = "Compare a conversation with the search index",
            description = "Reads the history of the conversation and answers the documents that are missing,"
                    + " surplus or different. Needs the role `admin` or `auditor`.")
    @PostMapping
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.FORBIDDEN,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    CheckReport check(@RequestParam ConversationId conversation, @Nullable Authentication caller) {
        OperatorAccess.require(caller);
        return check.of(conversation);
    }
}
