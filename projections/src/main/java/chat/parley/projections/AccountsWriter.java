package chat.parley.projections;

import chat.parley.api.AccountEvent;
import chat.parley.api.Sealed;
import chat.parley.api.TextProtection;
import chat.parley.api.UserId;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;

/** Accounts, and the names to find them by: from the events of accounts. */
final class AccountsWriter implements BatchWriter {
    private final ReadModelStore store;
    private final TextProtection protection;

    AccountsWriter(ReadModelStore store, TextProtection protection) {
        this.store = store;
        this.protection = protection;
    }

    @Override
    public void write(List<Occurrence> occurrences) {
        Map<UserId, AccountFold> folds = load(occurrences);
        for (Occurrence occurrence : occurrences) {
            AccountEvent event = (AccountEvent) occurrence.payload();
            AccountFold fold = folds.get(event.user());
            if (fold == null) {
                throw new IllegalStateException(event.user() + " was not loaded");
            }
            fold.apply(occurrence, event);
        }
        List<AccountFold> changed =
                folds.values().stream().filter(AccountFold::isChanged).toList();
        Bulk.write(store.people(), changed.stream().flatMap(this::person).toList());
        writeAccounts(changed);
    }

    private Map<UserId, AccountFold> load(List<Occurrence> occurrences) {
        Set<UserId> users = new LinkedHashSet<>();
        occurrences.forEach(occurrence -> users.add(((AccountEvent) occurrence.payload()).user()));
        Map<String, Document> documents = ReadModelStore.small(
                store.accounts(), users.stream().map(UserId::value).toList(), Projections.include("v"));
        Map<UserId, AccountFold> folds = new LinkedHashMap<>();
        users.forEach(user -> folds.put(user, new AccountFold(user, documents.get(user.value()))));
        return folds;
    }

    private Stream<ReplaceOneModel<Document>> person(AccountFold account) {
        Sealed name = account.registeredName();
        if (name == null) {
            return Stream.empty();
        }
        Optional<String> username = protection.reveal(name, TextProtection.usernameContext(account.user()));
        return username.map(text -> People.write(text, account.user())).stream();
    }

    private void writeAccounts(List<AccountFold> changed) {
        if (changed.isEmpty()) {
            return;
        }
        BulkWriteResult result = store.accounts()
                .bulkWrite(changed.stream().map(AccountFold::write).toList(), new BulkWriteOptions().ordered(false));
        if (result.getMatchedCount() + result.getUpserts().size() != changed.size()) {
            throw ProjectionFailure.overtaken("accounts");
        }
    }
}
