package chat.parley.notifications;

import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Blocks set by a test. */
final class KnownBlocks implements UserRelationships {
    private final ConcurrentMap<UserId, Set<UserId>> blocked = new ConcurrentHashMap<>();

    void block(UserId by, UserId user) {
        blocked.computeIfAbsent(by, _ -> ConcurrentHashMap.newKeySet()).add(user);
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        return CompletableFuture.completedFuture(
                new AccountPrivacy(blocked.getOrDefault(user, Set.of()), Settings.DEFAULT, AccountStatus.ACTIVE));
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        throw new UnsupportedOperationException("Notifications do not ask for contacts");
    }

    @Override
    public void forget(UserId user) {}
}
