package chat.parley.push.replay;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.port.AggregateEvents;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Settings and blocks as they were at a moment, which only goes forward. Not thread-safe. */
final class PastRelationships implements UserRelationships {
    private final AggregateEvents events;
    private final Map<UserId, Account> accounts = new HashMap<>();
    private Instant now = Instant.MIN;

    PastRelationships(AggregateEvents events) {
        this.events = events;
    }

    void advanceTo(Instant moment) {
        now = moment;
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        return CompletableFuture.completedFuture(
                accounts.computeIfAbsent(user, Account::new).privacy());
    }

    /** Nothing is kept beyond the replay. */
    @Override
    public void forget(UserId user) {}

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        throw new UnsupportedOperationException("No frame of a replay depends on contacts.");
    }

    private final class Account {
        private final Queue<AccountEvent> later = new ArrayDeque<>();
        private final Set<UserId> blocked = new HashSet<>();
        private Settings settings = Settings.DEFAULT;

        Account(UserId user) {
            events.of(user.value())
                    .filter(AccountEvent.class::isInstance)
                    .map(AccountEvent.class::cast)
                    .filter(event -> event instanceof SettingsChanged
                            || event instanceof UserBlocked
                            || event instanceof UserUnblocked)
                    .forEach(later::add);
        }

        AccountPrivacy privacy() {
            for (AccountEvent next = later.peek(); next != null && !next.at().isAfter(now); next = later.peek()) {
                apply(later.remove());
            }
            return new AccountPrivacy(blocked, settings, AccountStatus.ACTIVE);
        }

        private void apply(AccountEvent event) {
            switch (event) {
                case SettingsChanged changed -> settings = changed.settings();
                case UserBlocked block -> blocked.add(block.blocked());
                case UserUnblocked unblock -> blocked.remove(unblock.unblocked());
                default -> throw new IllegalStateException("Neither setting nor block: " + event.getClass());
            }
        }
    }
}
