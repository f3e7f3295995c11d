package chat.parley.retention.erasure;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an erasure has come.
 *
 * @param reason  sealed under the auditor's key; null once it is in an event
 * @param refusal why it was refused; null if it was not
 */
public record Erasure(
        UserId user,
        UserId orderedBy,
        Instant askedAt,
        @Nullable SealedText reason,
        Step step,
        @Nullable Refusal refusal,
        @Nullable Instant keysDestroyedAt,
        @Nullable Instant erasedAt) {}
