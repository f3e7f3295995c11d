package chat.parley.audit.log;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.access.AuditAccess.Subject;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proofs of any event, for auditors. */
@Tag(name = "Audit")
@RestController
final class EventProofController {
    private final EventProofs proofs;
    private final AuditAccess access;

    EventProofController(EventProofs proofs, AuditAccess access) {
        this.proofs = proofs;
        this.access = access;
    }

    @Operation(
            summary = "Read the proof that a stored event is in the transparency log",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. The file is"
                            + " that of an entry's proof.")
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_PARAMETER,
        Refusal.EVENT_NOT_FOUND,
        Refusal.NOT_LOGGED_YET,
        Refusal.RETRY_LATER
    })
    @GetMapping(path = "/api/v1/audit/events/{index}/proof", produces = EntryProofController.PROOF)
    ResponseEntity<byte[]> proof(
            @PathVariable long index,
            @Parameter(description = "Why it is read; one line, recorded for good")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        RequestParameters.require(index >= 0);
        access.record(token, AuditAction.READ_EVENTS, new Subject(null, null), reason, request);
        return EntryProofController.proofFile(proofs.of(index).toBytes(), "event-" + index);
    }
}
