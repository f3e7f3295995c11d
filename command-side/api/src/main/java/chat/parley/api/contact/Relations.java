package chat.parley.api.contact;

import chat.parley.api.Refusal;
import chat.parley.api.account.Privacy;
import chat.parley.api.account.UserId;
import java.util.concurrent.CompletableFuture;

/**
 * How people stand to each other, with every change that was answered before the question was asked: from the accounts
 * themselves and never from a read model. Fails with {@link Refusal#RETRY_LATER} where they do not answer.
 */
public interface Relations {
    /** At once for nearly everybody; the default for who has no account. */
    CompletableFuture<Privacy> privacyOf(UserId user);

    /** What is remembered of this account may not hold any more: somebody has seen it change. */
    void forget(UserId user);

    CompletableFuture<Boolean> areContacts(UserId one, UserId other);
}
