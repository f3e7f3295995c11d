package chat.parley.push;

import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.UserRelationships;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What people have decided about others, as a test says; unknown for as long as it says that. */
final class KnownRelations implements UserRelationships {
    private final Map<UserId, AccountPrivacy> privacies = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> known = CompletableFuture.completedFuture(null);

    BlockPolicy policy() {
        return new BlockPolicy(this);
    }

    void block(UserId by, UserId blocked) {
        Set<UserId> users = new HashSet<>(now(by).blocked());
        users.add(blocked);
        privacies.put(by, new AccountPrivacy(users, now(by).settings(), now(by).status()));
    }

    void unblock(UserId by, UserId unblocked) {
        Set<UserId> users = new HashSet<>(now(by).blocked());
        users.remove(unblocked);
        privacies.put(by, new AccountPrivacy(users, now(by).settings(), now(by).status()));
    }

    void decide(UserId user, Settings settings) {
        privacies.put(
                user,
                new AccountPrivacy(now(user).blocked(), settings, now(user).status()));
    }

    /** Questions wait from now on for what is returned. */
    CompletableFuture<Void> hold() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        known = answered;
        return answered;
    }

    private AccountPrivacy now(UserId user) {
        return privacies.getOrDefault(user, AccountPrivacy.DEFAULT);
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        return known.thenApply(_ -> now(user));
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        throw new UnsupportedOperationException("The push tier does not ask for contacts");
    }

    @Override
    public void forget(UserId user) {}
}
