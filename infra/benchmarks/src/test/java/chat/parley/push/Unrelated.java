package chat.parley.push;

import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import java.util.concurrent.CompletableFuture;

/** No user has blocked or restricted another one. */
final class Unrelated implements UserRelationships {
    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        return CompletableFuture.completedFuture(AccountPrivacy.DEFAULT);
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void forget(UserId user) {}
}
