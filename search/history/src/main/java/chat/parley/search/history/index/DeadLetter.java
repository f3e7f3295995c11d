package chat.parley.search.history.index;

import chat.parley.search.history.document.DocumentKey;
import java.time.Instant;

/** A rejected document and the time of its next attempt. */
public record DeadLetter(
        DocumentKey key, String error, int attempts, Instant firstAt, Instant lastAt, Instant nextAt) {}
