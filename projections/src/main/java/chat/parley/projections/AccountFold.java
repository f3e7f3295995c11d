package chat.parley.projections;

import chat.parley.api.AccountEvent;
import chat.parley.api.AccountEvent.AccountRegistered;
import chat.parley.api.AccountEvent.DeviceRegistered;
import chat.parley.api.AccountEvent.DeviceRemoved;
import chat.parley.api.AccountEvent.ProfileChanged;
import chat.parley.api.AccountEvent.RoleGranted;
import chat.parley.api.AccountEvent.RoleRevoked;
import chat.parley.api.AccountEvent.SessionEnded;
import chat.parley.api.AccountEvent.SettingsChanged;
import chat.parley.api.AccountEvent.UserBlocked;
import chat.parley.api.AccountEvent.UserUnblocked;
import chat.parley.api.Sealed;
import chat.parley.api.UserId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One account while a batch of its events is applied to it. Events its document knows already are left alone. */
final class AccountFold {
    private final UserId user;
    private final @Nullable Document before;
    private final Document sets = new Document();
    private final Document unsets = new Document();
    private @Nullable Sealed registeredName;
    private long version;

    AccountFold(UserId user, @Nullable Document before) {
        this.user = user;
        this.before = before;
        this.version = before == null ? 0 : Docs.longOf(before, "v");
    }

    void apply(Occurrence occurrence, AccountEvent event) {
        if (occurrence.position() <= version) {
            return;
        }
        if (occurrence.position() != version + 1) {
            throw ProjectionFailure.hole(occurrence, version);
        }
        version = occurrence.position();
        sets.put("v", version);
        change(event);
    }

    private void change(AccountEvent event) {
        switch (event) {
            case AccountRegistered registered -> {
                registeredName = registered.username();
                sets.put("u", EventJson.of(registered.username()));
                sets.put("d", EventJson.of(registered.displayName()));
            }
            case ProfileChanged changed -> sets.put("d", EventJson.of(changed.displayName()));
            case SettingsChanged changed -> sets.put("s", EventJson.of(changed.settings()));
            case DeviceRegistered registered -> add("e." + registered.device());
            case DeviceRemoved removed -> remove("e." + removed.device());
            case SessionEnded ended -> {}
            case UserBlocked blocked -> add("b." + blocked.blocked());
            case UserUnblocked unblocked -> remove("b." + unblocked.unblocked());
            case RoleGranted granted -> add("r." + granted.role().name());
            case RoleRevoked revoked -> remove("r." + revoked.role().name());
        }
    }

    /** What is added keeps its order by the version that added it. */
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

    /** The username, where this batch registered the account. */
    @Nullable
    Sealed registeredName() {
        return registeredName;
    }

    boolean isChanged() {
        return !sets.isEmpty();
    }

    /** Matches nothing when somebody else has changed the account meanwhile. */
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
