package chat.parley.projections.account;

import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.projections.store.Bulk;
import chat.parley.projections.store.Docs;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Finds people by {@link NameParts parts} of their names. What is kept is a keyed hash of each part, so that the read
 * model says nobody's name, and under it who has it: found by key, on whatever server.
 */
public final class UserDirectory {
    /** Who has a part is kept in so many documents, each with the same users whatever the part; none grows too large. */
    private static final int SHARDS = 8;

    /** 96 bits: that two parts share one does not happen, and would only be looked at in vain. */
    private static final int KEY_LENGTH = 16;

    private final ReadModelStore store;
    private final KeyedHash hash;

    UserDirectory(ReadModelStore store, KeyedHash hash) {
        this.store = store;
        this.hash = hash;
    }

    /** Finds these users by these parts from now on, and by none of before. May be done again. */
    void write(Map<UserId, Set<String>> partsByUser) {
        if (partsByUser.isEmpty()) {
            return;
        }
        Map<String, Document> before = ReadModelStore.small(
                store.people(), partsByUser.keySet().stream().map(UserId::value).toList(), null);
        Map<String, Document> changes = new LinkedHashMap<>();
        List<WriteModel<Document>> people = new ArrayList<>();
        partsByUser.forEach((user, parts) -> {
            Set<String> now = keys(parts);
            Document known = before.get(user.value());
            Set<String> then = known == null ? Set.of() : new LinkedHashSet<>(known.getList("k", String.class));
            then.stream()
                    .filter(key -> !now.contains(key))
                    .forEach(key -> change(changes, "$unset", key, user).append("p." + user, ""));
            now.stream()
                    .filter(key -> !then.contains(key))
                    .forEach(key -> change(changes, "$set", key, user).append("p." + user, 1));
            people.add(person(user, now));
        });
        List<WriteModel<Document>> names = new ArrayList<>();
        changes.forEach((id, change) ->
                names.add(new UpdateOneModel<>(Filters.eq("_id", id), change, new UpdateOptions().upsert(true))));
        Bulk.write(store.names(), names);
        Bulk.write(store.people(), people);
    }

    private static Document change(Map<String, Document> changes, String operator, String key, UserId user) {
        Document change = changes.computeIfAbsent(id(key, shard(user)), _ -> new Document());
        return (Document) change.computeIfAbsent(operator, _ -> new Document());
    }

    private static WriteModel<Document> person(UserId user, Set<String> keys) {
        if (keys.isEmpty()) {
            return new DeleteOneModel<>(Filters.eq("_id", user.value()));
        }
        Document person = new Document("_id", user.value()).append("k", List.copyOf(keys));
        return new ReplaceOneModel<>(Filters.eq("_id", user.value()), person, new ReplaceOptions().upsert(true));
    }

    /** Forgets the names of people whose names are erased. */
    void forget(Collection<UserId> users) {
        Map<UserId, Set<String>> nothing = new LinkedHashMap<>();
        users.forEach(user -> nothing.put(user, Set.of()));
        write(nothing);
    }

    /** Who has all of these parts; no more than this many at least are looked for. */
    List<UserId> having(Set<String> parts, int enough) {
        List<UserId> found = new ArrayList<>();
        List<String> keys = List.copyOf(keys(parts));
        for (int shard = 0; shard < SHARDS && found.size() < enough; shard++) {
            int here = shard;
            Map<String, Document> documents = ReadModelStore.small(
                    store.names(), keys.stream().map(key -> id(key, here)).toList(), null);
            if (documents.size() == keys.size()) {
                found.addAll(inAll(documents.values()));
            }
        }
        return found;
    }

    private static List<UserId> inAll(Collection<Document> documents) {
        List<Document> fewestFirst = documents.stream()
                .map(document -> Docs.sub(document, "p"))
                .sorted(Comparator.comparingInt(Document::size))
                .toList();
        return fewestFirst.getFirst().keySet().stream()
                .filter(user -> fewestFirst.stream().allMatch(other -> other.containsKey(user)))
                .map(UserId::new)
                .toList();
    }

    /** Who has exactly this username, or had the same hash. */
    List<UserId> named(String username) {
        String key = key(NameParts.whole(username));
        List<String> everywhere =
                IntStream.range(0, SHARDS).mapToObj(shard -> id(key, shard)).toList();
        return ReadModelStore.small(store.names(), everywhere, null).values().stream()
                .flatMap(document -> Docs.sub(document, "p").keySet().stream())
                .map(UserId::new)
                .toList();
    }

    private Set<String> keys(Set<String> parts) {
        Set<String> keys = new LinkedHashSet<>();
        parts.forEach(part -> keys.add(key(part)));
        return keys;
    }

    private String key(String part) {
        return hash.of(Purpose.NAME_PART, part).substring(0, KEY_LENGTH);
    }

    private static int shard(UserId user) {
        return Math.floorMod(user.value().hashCode(), SHARDS);
    }

    private static String id(String key, int shard) {
        return key + "/" + shard;
    }
}
