package chat.parley.audit.transcript;

import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.UserId;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.wire.SealedTextReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The present names of people, for one export. Not thread-safe. */
public final class Names {
    private static final int PER_QUERY = 100;
    private static final int MOST_KEPT = 10_000;

    private final QueryClient queries;
    private final SealedTextReader texts;
    private final Map<UserId, Name> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, Name> eldest) {
            return size() > MOST_KEPT;
        }
    };

    public Names(QueryClient queries, SealedTextReader texts) {
        this.queries = queries;
        this.texts = texts;
    }

    /**
     * Somebody's names.
     *
     * @param username    null if the account is deleted or unknown, or the name is erased
     * @param displayName likewise
     */
    public record Name(@Nullable String username, @Nullable String displayName, boolean deleted) {
        /** Of an account that nobody knows. */
        public static final Name UNKNOWN = new Name(null, null, false);

        /** The display name, or else the id. */
        public String shown(UserId user) {
            return displayName == null ? user.value() : displayName;
        }

        @Override
        public String toString() {
            return "Name[]";
        }
    }

    /** The names of these people. */
    public Map<UserId, Name> of(Collection<UserId> people) {
        Map<UserId, Name> found = new HashMap<>();
        List<UserId> unknown = new ArrayList<>();
        for (UserId user : people) {
            Name name = kept.get(user);
            if (name == null) {
                unknown.add(user);
            } else {
                found.put(user, name);
            }
        }
        for (int start = 0; start < unknown.size(); start += PER_QUERY) {
            ask(unknown.subList(start, Math.min(unknown.size(), start + PER_QUERY)), found);
        }
        kept.putAll(found);
        return found;
    }

    private void ask(List<UserId> users, Map<UserId, Name> found) {
        users.forEach(user -> found.put(user, Name.UNKNOWN));
        queries.ask(new FindUser.Several(List.copyOf(users)), FindUser.Profiles.class)
                .profiles()
                .forEach(profile -> found.put(profile.user(), name(profile)));
    }

    private Name name(Profile profile) {
        return profile.status() == AccountStatus.DELETED
                ? new Name(null, null, true)
                : new Name(
                        texts.username(profile).value(),
                        texts.displayName(profile).value(),
                        false);
    }
}
