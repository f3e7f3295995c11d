package chat.parley.projections.account;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.AccountEvent.AccountReactivated;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.PasswordResetIssued;
import chat.parley.api.account.AccountEvent.ProfileChanged;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.UserId;
import chat.parley.eventprocessing.batch.EventProcessingFailure;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.EventJson;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Applies a batch of events to one account. Events that its document already includes are skipped. */
final class AccountFold {
    /** The fields that are needed to apply further events. */
    static final List<String> FIELDS = List.of("v", "u", "d");

    private final UserId user;
    private final @Nullable Document before;
    private final Document sets = new Document();
    private final Document unsets = new Document();
    private @Nullable Names names;
    private boolean deleted;
    private boolean erased;
    private long version;

    AccountFold(UserId user, @Nullable Document before) {
        this.user = user;
        this.before = before;
        this.version = before == null ? 0 : DocumentFields.longOf(before, "v");
    }

    /** A user's sealed names. */
    record Names(SealedText username, SealedText displayName) {}

    void apply(RecordedEvent recorded, AccountEvent event) {
        if (recorded.position() <= version) {
            return;
        }
        if (recorded.position() != version + 1) {
            throw EventProcessingFailure.hole(recorded, version);
        }
        version = recorded.position();
        sets.put("v", version);
        change(event);
    }

    private void change(AccountEvent event) {
        switch (event) {
            case AccountRegistered registered -> {
                call(registered.username(), registered.displayName());
            }
            case ProfileChanged changed -> call(called("u"), changed.displayName());
            case UsernameChanged changed -> call(changed.username(), called("d"));
            case SettingsChanged changed -> sets.put("s", EventJson.of(changed.settings()));
            case DeviceRegistered registered -> add("e." + registered.device());
            case DeviceRemoved removed -> remove("e." + removed.device());
            case SessionEnded ended -> {}
            case UserBlocked blocked -> add("b." + blocked.blocked());
            case UserUnblocked unblocked -> remove("b." + unblocked.unblocked());
            case RoleGranted granted -> add("r." + granted.role().name());
            case RoleRevoked revoked -> remove("r." + revoked.role().name());
            case PasswordResetIssued issued -> {}
            case AccountDeactivated deactivated -> sets.put("x", AccountStatus.DEACTIVATED.name());
            case AccountReactivated reactivated -> sets.put("x", AccountStatus.ACTIVE.name());
            case AccountDeleted deleted -> delete();
            case AccountErased gone -> erase();
        }
    }

    private void call(SealedText username, SealedText displayName) {
        names = new Names(username, displayName);
        sets.put("u", EventJson.of(username));
        sets.put("d", EventJson.of(displayName));
    }

    private SealedText called(String field) {
        Object changed = sets.get(field);
        if (changed == null && before != null) {
            changed = before.get(field);
        }
        if (changed == null) {
            throw new IllegalStateException(user + " has events but was not registered");
        }
        return EventJson.sealed((String) changed);
    }

    /** The sealed names stay in the document until the user is erased, but are shown to nobody. */
    private void delete() {
        names = null;
        deleted = true;
        List<String> ofTheirs = List.of("s", "e", "b", "r");
        sets.keySet().removeIf(path -> ofTheirs.contains(path.split("\\.", 2)[0]));
        unsets.keySet().removeIf(path -> ofTheirs.contains(path.split("\\.", 2)[0]));
        ofTheirs.forEach(field -> unsets.put(field, ""));
        sets.put("x", AccountStatus.DELETED.name());
    }

    private void erase() {
        erased = true;
        for (String field : List.of("u", "d")) {
            sets.remove(field);
            unsets.put(field, "");
        }
    }

    /** The value is the version that added the element, which keeps their order. */
    private void add(String path) {
        unsets.remove(path);
        sets.put(path, version);
    }

    private void remove(String path) {
        sets.remove(path);
        unsets.put(path, "");
    }

    UserId user() {
        return user;
    }

    /** The names after this batch; null if it did not change them. */
    @Nullable
    Names newNames() {
        return names;
    }

    /** Whether this batch deleted the account, which is then removed from the name index. */
    boolean isDeleted() {
        return deleted;
    }

    /** Whether this batch erased the user. */
    boolean isErased() {
        return erased;
    }

    boolean isChanged() {
        return !sets.isEmpty();
    }

    /** Matches nothing if another writer has changed the account since it was read. */
    UpdateOneModel<Document> write() {
        Document changes = new Document("$set", sets);
        if (!unsets.isEmpty()) {
            changes.append("$unset", unsets);
        }
        return before == null
                ? new UpdateOneModel<>(Filters.eq("_id", user.value()), changes, new UpdateOptions().upsert(true))
                : new UpdateOneModel<>(
                        Filters.and(Filters.eq("_id", user.value()), Filters.eq("v", before.get("v"))), changes);
    }
}
