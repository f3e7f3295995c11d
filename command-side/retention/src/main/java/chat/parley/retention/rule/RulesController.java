package chat.parley.retention.rule;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.retention.RetentionCommand.ChangeRetentionRule;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.retention.decision.AuditorTexts;
import chat.parley.retention.decision.Decisions;
import chat.parley.web.RequestParameters;
import chat.parley.web.audit.AuditorRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rules that say how long texts are kept. Without a rule they are kept for ever. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/retention")
final class RulesController {
    private static final String OF_ONE = "/conversations/{conversation}";

    private final Decisions decisions;
    private final AuditorTexts texts;
    private final EntryLookup entries;
    private final CommandDispatcher commands;

    RulesController(Decisions decisions, AuditorTexts texts, EntryLookup entries, CommandDispatcher commands) {
        this.decisions = decisions;
        this.texts = texts;
        this.entries = entries;
        this.commands = commands;
    }

    /** @param days 1 to 36500 */
    record NewRule(@NotNull Integer days, @Nullable String reason) {
        @Override
        public String toString() {
            return "NewRule[days=" + days + "]";
        }
    }

    record Rules(List<RuleView> rules) {}

    @Operation(
            summary = "List the retention rules",
            description = "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. A"
                    + " conversation's own rule wins over the rule of all; where there is none, texts are kept for"
                    + " ever.")
    @GetMapping
    @Refuses({Refusal.FORBIDDEN, Refusal.REASON_REQUIRED, Refusal.RETRY_LATER, Refusal.OUTCOME_UNKNOWN})
    Rules list(
            @Parameter(description = "Why the rules are read; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        commands.send(AuditorRequest.access(token, AuditAction.READ_RETENTION, null, null, reason, request));
        return new Rules(decisions.state().rules().stream()
                .map(rule -> RuleView.of(rule, texts))
                .toList());
    }

    @Operation(
            summary = "Set how long texts are kept",
            description =
                    "Needs the role `auditor` and a `reason`. Texts of messages that are older than so many days are"
                            + " destroyed, by whole days in UTC, within two rounds of `parley.retention.interval`."
                            + " Conversations with a rule of their own and conversations on hold are left out.")
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.RETENTION_INVALID,
        Refusal.INVALID_PARAMETER,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    void setForAll(@Valid @RequestBody NewRule rule, @AuthenticationPrincipal Jwt token) {
        change(null, rule.days(), rule.reason(), token);
    }

    @Operation(
            summary = "Keep texts for ever, except where a conversation has a rule",
            description = "Needs the role `auditor` and a `reason`.")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.FORBIDDEN, Refusal.REASON_REQUIRED, Refusal.RETRY_LATER, Refusal.OUTCOME_UNKNOWN})
    void removeForAll(
            @Parameter(description = "Why the rule is removed; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token) {
        change(null, null, reason, token);
    }

    @Operation(
            summary = "Set how long the texts of one conversation are kept",
            description = "Needs the role `auditor` and a `reason`. Wins over the rule of all, whether it is longer or"
                    + " shorter.")
    @PutMapping(OF_ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.RETENTION_INVALID,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.LIMIT_EXCEEDED,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    void setForOne(
            @PathVariable ConversationId conversation,
            @Valid @RequestBody NewRule rule,
            @AuthenticationPrincipal Jwt token) {
        AuditorRequest.auditor(token);
        if (entries.find(conversation, 1).isEmpty()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        change(conversation, rule.days(), rule.reason(), token);
    }

    @Operation(
            summary = "Remove the rule of one conversation",
            description = "Needs the role `auditor` and a `reason`. The rule of all applies to it again.")
    @DeleteMapping(OF_ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    void removeForOne(
            @PathVariable ConversationId conversation,
            @Parameter(description = "Why the rule is removed; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token) {
        change(conversation, null, reason, token);
    }

    private void change(
            @Nullable ConversationId conversation, @Nullable Integer days, @Nullable String reason, Jwt token) {
        UserId auditor = AuditorRequest.auditor(token);
        decisions.send(new ChangeRetentionRule(conversation, days, RequestParameters.reason(reason), auditor));
    }
}
