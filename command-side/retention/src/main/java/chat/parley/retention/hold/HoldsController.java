package chat.parley.retention.hold;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand.LiftHold;
import chat.parley.api.retention.RetentionCommand.PlaceHold;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.retention.decision.AuditorTexts;
import chat.parley.retention.decision.Decisions;
import chat.parley.retention.hold.HeldScopes.Scope;
import chat.parley.web.RequestParameters;
import chat.parley.web.audit.AuditorRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Legal holds, which auditors place and lift. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/holds")
final class HoldsController {
    private final Decisions decisions;
    private final HeldScopes scopes;
    private final AuditorTexts texts;
    private final CommandDispatcher commands;

    HoldsController(Decisions decisions, HeldScopes scopes, AuditorTexts texts, CommandDispatcher commands) {
        this.decisions = decisions;
        this.scopes = scopes;
        this.texts = texts;
        this.commands = commands;
    }

    /**
     * Holds either users and conversations, or what a search finds.
     *
     * @param hold the auditor's name for the hold, such as a case number
     */
    record NewHold(
            @NotNull HoldId hold,
            @Nullable List<@NotNull UserId> users,
            @Nullable List<@NotNull ConversationId> conversations,
            @Nullable String query,
            @Nullable String reason) {
        @Override
        public String toString() {
            return "NewHold[hold=" + hold + "]";
        }
    }

    @Operation(
            summary = "Place a legal hold",
            description =
                    "Needs the role `auditor` and a `reason`. Holds users, conversations or both, or the authors and"
                            + " conversations of everything that a `query` in the language of the search finds at this"
                            + " moment. In force at once: none of these users is erased, nobody who is or was a member"
                            + " of these conversations is, and texts do not expire in these conversations and in those"
                            + " where one of these users is or was a member. Repeated with the same content it changes"
                            + " nothing.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.USER_NOT_FOUND,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.HOLD_EXISTS,
        Refusal.LIMIT_EXCEEDED,
        Refusal.QUERY_INVALID,
        Refusal.QUERY_TOO_LONG,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    HoldView place(@Valid @RequestBody NewHold asked, @AuthenticationPrincipal Jwt token) {
        UserId auditor = AuditorRequest.auditor(token);
        String reason = RequestParameters.reason(asked.reason());
        Scope scope = scope(asked);
        if (scope.isEmpty()) {
            throw new Refused(
                    Refusal.INVALID_PARAMETER, "A hold needs users, conversations, or a query that finds any");
        }
        decisions.send(
                new PlaceHold(asked.hold(), scope.users(), scope.conversations(), asked.query(), reason, auditor));
        return decisions
                .state()
                .hold(asked.hold())
                .map(hold -> HoldView.of(hold, texts))
                .orElseThrow(() -> new Refused(Refusal.HOLD_NOT_FOUND));
    }

    private Scope scope(NewHold asked) {
        List<UserId> users = Objects.requireNonNullElse(asked.users(), List.of());
        List<ConversationId> conversations = Objects.requireNonNullElse(asked.conversations(), List.of());
        if (asked.query() == null) {
            return scopes.named(users, conversations);
        }
        if (!users.isEmpty() || !conversations.isEmpty()) {
            throw new Refused(Refusal.INVALID_PARAMETER, "A hold on a query names no users and no conversations");
        }
        return scopes.found(asked.query());
    }

    @Operation(
            summary = "List the legal holds in force",
            description = "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. In"
                    + " the order in which they were placed.")
    @GetMapping
    @Refuses({Refusal.FORBIDDEN, Refusal.REASON_REQUIRED, Refusal.RETRY_LATER, Refusal.OUTCOME_UNKNOWN})
    Holds list(
            @Parameter(description = "Why the holds are read; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        commands.send(AuditorRequest.access(token, AuditAction.READ_RETENTION, null, null, reason, request));
        return new Holds(decisions.state().holds().stream()
                .map(hold -> HoldView.of(hold, texts))
                .toList());
    }

    record Holds(List<HoldView> holds) {}

    @Operation(
            summary = "Lift a legal hold",
            description = "Needs the role `auditor` and a `reason`, and another auditor than the one who placed the"
                    + " hold. From then on the id may be used for another hold.")
    @DeleteMapping("/{hold}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.HOLD_NOT_FOUND,
        Refusal.SECOND_PERSON_REQUIRED,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    void lift(
            @PathVariable HoldId hold,
            @Parameter(description = "Why the hold is lifted; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token) {
        UserId auditor = AuditorRequest.auditor(token);
        decisions.send(new LiftHold(hold, RequestParameters.reason(reason), auditor));
    }
}
