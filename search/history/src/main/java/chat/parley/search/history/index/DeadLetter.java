package chat.parley.search.history.index;

import chat.parley.search.history.document.DocumentKey;
import java.time.Instant;

/** A document that was not taken, and when it is tried again. */
record DeadLetter(DocumentKey key, String error, int attempts, Instant firstAt, Instant lastAt, Instant nextAt) {}
