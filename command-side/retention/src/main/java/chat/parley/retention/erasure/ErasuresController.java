package chat.parley.retention.erasure;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.web.RequestParameters;
import chat.parley.web.audit.AuditorRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erasures of users, which auditors order. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/erasures")
final class ErasuresController {
    private final Erasures erasures;
    private final JdbcErasureProgress progress;
    private final CommandDispatcher commands;

    ErasuresController(Erasures erasures, JdbcErasureProgress progress, CommandDispatcher commands) {
        this.erasures = erasures;
        this.progress = progress;
        this.commands = commands;
    }

    record NewErasure(@NotNull UserId user, @Nullable String reason) {
        @Override
        public String toString() {
            return "NewErasure[user=" + user + "]";
        }
    }

    @Operation(
            summary = "Erase a user",
            description =
                    "Needs the role `auditor` and a `reason`. Cannot be undone. Closes the account as its owner would,"
                            + " and destroys the keys of the user's texts and names: they are unreadable everywhere,"
                            + " while the events stay and the transparency log still proves them. Refused with `on-hold`"
                            + " if a legal hold is on the user or on a conversation that the user is or was a member of;"
                            + " the detail names the holds. Repeated, it answers how far the erasure has come.")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.USER_NOT_FOUND,
        Refusal.SELF_NOT_ALLOWED,
        Refusal.LAST_ADMIN,
        Refusal.ON_HOLD,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    ErasureView order(@Valid @RequestBody NewErasure asked, @AuthenticationPrincipal Jwt token) {
        UserId auditor = AuditorRequest.auditor(token);
        Erasure erasure = erasures.order(asked.user(), RequestParameters.reason(asked.reason()), auditor);
        return ErasureView.of(erasure, progress.of(erasure.user()));
    }

    @Operation(
            summary = "See how far an erasure has come",
            description = "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown."
                    + " Lists when the keys were destroyed and which stores hold nothing of the user any more.")
    @GetMapping("/{user}")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_ID,
        Refusal.ERASURE_NOT_FOUND,
        Refusal.RETRY_LATER,
        Refusal.OUTCOME_UNKNOWN
    })
    ErasureView state(
            @PathVariable UserId user,
            @Parameter(description = "Why the erasure is read; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        commands.send(AuditorRequest.access(token, AuditAction.READ_RETENTION, null, user, reason, request));
        return ErasureView.of(erasures.find(user), progress.of(user));
    }
}
