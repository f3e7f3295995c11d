package chat.parley.testing;

import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks, settings and contacts as a test sets them; by default there are none. */
public final class FakeRelations implements UserRelationships {
    private final Map<UserId, AccountPrivacy> privacies = new ConcurrentHashMap<>();
    private final Set<Set<UserId>> contacts = ConcurrentHashMap.newKeySet();
    private volatile CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

    public void block(UserId by, UserId blocked) {
        Set<UserId> users = new HashSet<>(known(by).blocked());
        users.add(blocked);
        setBlocked(by, users);
    }

    public void unblock(UserId by, UserId unblocked) {
        Set<UserId> users = new HashSet<>(known(by).blocked());
        users.remove(unblocked);
        setBlocked(by, users);
    }

    private void setBlocked(UserId by, Set<UserId> users) {
        privacies.put(
                by, new AccountPrivacy(users, known(by).settings(), known(by).status()));
    }

    public void setSettings(UserId user, Settings settings) {
        privacies.put(
                user,
                new AccountPrivacy(known(user).blocked(), settings, known(user).status()));
    }

    public void setStatus(UserId user, AccountStatus status) {
        privacies.put(
                user, new AccountPrivacy(known(user).blocked(), known(user).settings(), status));
    }

    public void makeContacts(UserId one, UserId other) {
        contacts.add(Set.of(one, other));
    }

    /** From now on, privacy is answered only after the returned future is completed. */
    public CompletableFuture<Void> hold() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        released = future;
        return future;
    }

    private AccountPrivacy known(UserId user) {
        return privacies.getOrDefault(user, AccountPrivacy.DEFAULT);
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        return released.thenApply(_ -> known(user));
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        return CompletableFuture.completedFuture(contacts.contains(Set.of(one, other)));
    }

    @Override
    public void forget(UserId user) {}
}
