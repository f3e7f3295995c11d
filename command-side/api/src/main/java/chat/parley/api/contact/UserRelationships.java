package chat.parley.api.contact;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.UserId;
import java.util.concurrent.CompletableFuture;

/**
 * Blocks, settings and contacts of users, read from the aggregates and never from a read model, so that every
 * acknowledged change is included. Fails with {@link Refusal#RETRY_LATER} if the aggregates do not answer.
 */
public interface UserRelationships {
    /** Answers from a cache for nearly every user; {@link AccountPrivacy#DEFAULT} if there is no such account. */
    CompletableFuture<AccountPrivacy> privacyOf(UserId user);

    /**
     * The same for a decision that is stored. Where other nodes handle commands, too, it asks the account itself, since
     * a cache may not know yet what another node has acknowledged.
     */
    default CompletableFuture<AccountPrivacy> currentPrivacyOf(UserId user) {
        return privacyOf(user);
    }

    /** Removes this account from the cache, because an event has changed it. */
    void forget(UserId user);

    CompletableFuture<Boolean> areContacts(UserId one, UserId other);
}
