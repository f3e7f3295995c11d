package chat.parley.search.history.operator;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.ServedIndex;
import chat.parley.search.history.index.DeadLetter;
import chat.parley.search.history.index.DeadLetters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists documents that Elasticsearch rejected, without their texts, for admins and auditors. */
@RestController
@RequestMapping("/api/v1/search/dead-letters")
public final class DeadLetterController {
    private static final int LISTED = 100;

    private final SearchEngine engine;
    private final ServedIndex index;
    private final DeadLetters letters;
    private final OperatorAccess access;

    public DeadLetterController(SearchEngine engine, ServedIndex index, DeadLetters letters, OperatorAccess access) {
        this.engine = engine;
        this.index = index;
        this.letters = letters;
        this.access = access;
    }

    /** @param deadLetters the oldest ones */
    record Parked(long total, List<Letter> deadLetters) {}

    /**
     * @param kind     {@code message}, or {@code past} for an edited or retracted text
     * @param position position of the message
     * @param version  position of the entry that the text comes from
     * @param error    Elasticsearch's error type
     */
    record Letter(
            String kind,
            ConversationId conversation,
            long position,
            long version,
            String error,
            int attempts,
            Instant firstAt,
            Instant lastAt,
            Instant nextAt) {
        private static Letter of(DeadLetter letter) {
            DocumentKey key = letter.key();
            return new Letter(
                    key.kind().wireName(),
                    key.place().conversation(),
                    key.place().position(),
                    key.version(),
                    letter.error(),
                    letter.attempts(),
                    letter.firstAt(),
                    letter.lastAt(),
                    letter.nextAt());
        }
    }

    /** Number of documents that are retried now. */
    record Retries(int due) {}

    @Operation(
            summary = "List documents that Elasticsearch rejected",
            description = "Answers the number of them and the oldest 100, without their texts. Needs the role"
                    + " `admin` or `auditor`.")
    @GetMapping
    @Refuses({Refusal.FORBIDDEN, Refusal.SEARCH_OFF, Refusal.SEARCH_STARTING, Refusal.SEARCH_UNAVAILABLE})
    Parked list(@Nullable Authentication caller) {
        OperatorAccess.require(caller);
        Generation served = served();
        return new Parked(
                letters.count(served),
                letters.oldest(served, LISTED).stream().map(Letter::of).toList());
    }

    @Operation(
            summary = "Retry rejected documents now",
            description = "Answers the number of documents that are due now. Needs the role `admin` or `auditor`, and"
                    + " is recorded with the reason first.")
    @PostMapping("/retries")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.RETRY_LATER,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    Retries retry(
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Nullable Authentication caller,
            HttpServletRequest request) {
        access.record(caller, AuditAction.CHECK, null, reason, request);
        return new Retries(letters.hasten(served()));
    }

    private Generation served() {
        engine.require();
        return index.generation();
    }
}
