package chat.parley.projections.account;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.EventProcessingFailure;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.store.BulkWrites;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.Projections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes accounts and the index of their names, from the events of accounts. */
final class AccountsWriter implements BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(AccountsWriter.class);

    private final ReadModelStore store;
    private final TextProtection protection;
    private final UserNameIndex people;
    private final Consumer<UserId> erased;

    AccountsWriter(ReadModelStore store, TextProtection protection, KeyedHash hash, Consumer<UserId> erased) {
        this.store = store;
        this.protection = protection;
        this.people = new UserNameIndex(store, hash);
        this.erased = erased;
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        Map<UserId, AccountFold> folds = load(batch);
        for (RecordedEvent recorded : batch) {
            AccountEvent event = (AccountEvent) recorded.payload();
            AccountFold fold = folds.get(event.user());
            if (fold == null) {
                throw new IllegalStateException(event.user() + " was not loaded");
            }
            fold.apply(recorded, event);
        }
        List<AccountFold> changed =
                folds.values().stream().filter(AccountFold::isChanged).toList();
        writePeople(changed);
        writeAccounts(changed);
        changed.stream().filter(AccountFold::isErased).map(AccountFold::user).forEach(erased);
    }

    private Map<UserId, AccountFold> load(List<RecordedEvent> batch) {
        Set<UserId> users = new LinkedHashSet<>();
        batch.forEach(recorded -> users.add(((AccountEvent) recorded.payload()).user()));
        Map<String, Document> documents = ReadModelStore.small(
                store.accounts(), users.stream().map(UserId::value).toList(), Projections.include(AccountFold.FIELDS));
        Map<UserId, AccountFold> folds = new LinkedHashMap<>();
        users.forEach(user -> folds.put(user, new AccountFold(user, documents.get(user.value()))));
        return folds;
    }

    private void writePeople(List<AccountFold> changed) {
        Map<UserId, Set<String>> parts = new LinkedHashMap<>();
        for (AccountFold account : changed) {
            AccountFold.Names names = account.newNames();
            if (account.isDeleted()) {
                parts.put(account.user(), Set.of());
            } else if (names != null) {
                parts.put(account.user(), parts(account.user(), names));
            }
        }
        people.write(parts);
    }

    /**
     * The terms of the user's names; none if they are erased or were altered, because one unreadable name must not stop
     * the projection.
     */
    private Set<String> parts(UserId user, AccountFold.Names names) {
        try {
            return revealed(user, names);
        } catch (IllegalStateException altered) {
            log.error(
                    "The encrypted names of {} were altered; the user cannot be found by name until they are changed",
                    user,
                    altered);
            return Set.of();
        }
    }

    private Set<String> revealed(UserId user, AccountFold.Names names) {
        return protection
                .reveal(names.username(), TextProtection.usernameContext(user))
                .flatMap(username -> protection
                        .reveal(names.displayName(), TextProtection.displayNameContext(user))
                        .map(displayName -> NameTerms.of(username, displayName)))
                .orElse(Set.of());
    }

    private void writeAccounts(List<AccountFold> changed) {
        if (changed.isEmpty()) {
            return;
        }
        BulkWriteResult result = BulkWrites.once(
                store.accounts(), changed.stream().map(AccountFold::write).toList());
        if (result.getMatchedCount() + result.getUpserts().size() != changed.size()) {
            throw EventProcessingFailure.overtaken("accounts");
        }
    }
}
