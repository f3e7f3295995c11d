package chat.parley.domain;

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

/** Relationships set by a test. */
final class KnownRelations implements UserRelationships {
    private final Map<UserId, AccountPrivacy> privacies = new ConcurrentHashMap<>();
    private final Set<Set<UserId>> contacts = ConcurrentHashMap.newKeySet();

    void block(UserId by, UserId blocked) {
        AccountPrivacy before = known(by);
        Set<UserId> users = new HashSet<>(before.blocked());
        users.add(blocked);
        privacies.put(by, new AccountPrivacy(users, before.settings(), before.status()));
    }

    void unblock(UserId by, UserId unblocked) {
        AccountPrivacy before = known(by);
        Set<UserId> users = new HashSet<>(before.blocked());
        users.remove(unblocked);
        privacies.put(by, new AccountPrivacy(users, before.settings(), before.status()));
    }

    void decide(UserId user, Settings settings) {
        privacies.put(
                user,
                new AccountPrivacy(known(user).blocked(), settings, known(user).status()));
    }

    void become(UserId user, AccountStatus status) {
        privacies.put(
                user, new AccountPrivacy(known(user).blocked(), known(user).settings(), status));
    }

    void makeContacts(UserId one, UserId other) {
        contacts.add(Set.of(one, other));
    }

    private AccountPrivacy known(UserId user) {
        return privacies.getOrDefault(user, AccountPrivacy.DEFAULT);
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        return CompletableFuture.completedFuture(known(user));
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        return CompletableFuture.completedFuture(contacts.contains(Set.of(one, other)));
    }

    @Override
    public void forget(UserId user) {}
}
