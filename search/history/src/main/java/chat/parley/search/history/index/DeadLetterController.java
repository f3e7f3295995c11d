package chat.parley.search.history.index;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.ServedIndex;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists documents that Elasticsearch rejected, without their texts, for admins and auditors. */
@RestController
@RequestMapping("/api/v1/search/dead-letters")
final class DeadLetterController {
    private static final int LISTED = 100;

    private final SearchEngine engine;
    private final ServedIndex index;
    private final DeadLetters letters;

    DeadLetterController(SearchEngine engine, ServedIndex index, DeadLetters letters) {
        this.engine = engine;
        this.index = index;
        this.letters = letters;
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
            description = "Answers the number of documents that are due now. Needs the role `admin` or `auditor`.")
    @PostMapping("/retries")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({Refusal.FORBIDDEN, Refusal.SEARCH_OFF, Refusal.SEARCH_STARTING, Refusal.SEARCH_UNAVAILABLE})
    Retries retry(@Nullable Authentication caller) {
        OperatorAccess.require(caller);
        return new Retries(letters.hasten(served()));
    }

    private Generation served() {
        engine.require();
        return index.generation();
    }
}
