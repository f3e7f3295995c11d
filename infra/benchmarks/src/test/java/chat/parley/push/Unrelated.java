package chat.parley.push;

import chat.parley.api.account.Privacy;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.Relations;
import java.util.concurrent.CompletableFuture;

/** Nobody has decided anything about anybody. */
final class Unrelated implements Relations {
    @Override
    public CompletableFuture<Privacy> privacyOf(UserId user) {
        return CompletableFuture.completedFuture(Privacy.DEFAULT);
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void forget(UserId user) {}
}
