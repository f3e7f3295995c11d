package chat.parley.audit.replay;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.audit.access.AuditAccess;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Issues tickets for replays to auditors. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/replays")
final class ReplayController {
    private final SignedTickets tickets;
    private final EntryLookup entries;
    private final AuditAccess access;
    private final Clock clock;

    ReplayController(SignedTickets tickets, EntryLookup entries, AuditAccess access, Clock clock) {
        this.tickets = tickets;
        this.entries = entries;
        this.access = access;
        this.clock = clock;
    }

    /**
     * @param from the first moment; null for the beginning
     * @param to the last moment; null for now
     * @param speed 1 to 1000; null for 1
     * @param reason one line of at most 500 characters
     */
    record Wanted(
            @NotNull ConversationId conversation,
            @NotNull UserId user,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Integer speed,
            @Nullable String reason) {
        Replay replay(Instant now) {
            Instant end = to == null || to.isAfter(now) ? now : to;
            RequestParameters.require(from == null || !from.isAfter(end));
            int times = RequestParameters.within(1, speed == null ? 1 : speed, Replay.MAX_SPEED);
            return new Replay(conversation, user, from, end, times);
        }
    }

    /**
     * @param ticket the token of the socket's {@code hello}; for one socket
     * @param webSocketUrl where the socket connects
     * @param expiresAt the socket has to come before
     */
    record Issued(String ticket, String webSocketUrl, Instant expiresAt) {}

    @Operation(
            summary = "Play a conversation back as a member saw it",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown. Answers"
                            + " a ticket for one WebSocket of the subprotocol `parley.v1.json`, whose `hello` has the"
                            + " ticket as its `token`. It gets `welcome`, the frames that the member received live in that"
                            + " time, each as it was then (`entry` for messages, edits, retractions, reactions, pins and"
                            + " membership, `read` and `state` for read marks), in the pauses of the recorded times"
                            + " divided by `speed` (1 to 1000; no pause is longer than 5 s), and `goaway`. It refuses"
                            + " every frame that changes something.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.MALFORMED_JSON,
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.RETRY_LATER
    })
    Issued issue(@RequestBody @Valid Wanted wanted, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        Replay replay = wanted.replay(clock.instant());
        access.record(
                token,
                AuditAction.REPLAY,
                new AuditAccess.Subject(replay.conversation(), replay.user()),
                wanted.reason(),
                "from=" + replay.from() + " to=" + replay.to() + " speed=" + replay.speed(),
                request);
        if (entries.find(replay.conversation(), 1).isEmpty()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        SignedTickets.Ticket ticket = tickets.issue(replay);
        String url = ServletUriComponentsBuilder.fromContextPath(request)
                .scheme(request.isSecure() ? "wss" : "ws")
                .path("/ws/replay")
                .toUriString();
        return new Issued(ticket.value(), url, ticket.expiresAt());
    }
}
