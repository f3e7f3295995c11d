package chat.parley.projections.account;

import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.projections.store.BulkWrites;
import chat.parley.projections.store.DocumentFields;
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
 * An inverted index that finds users by {@link NameTerms terms} of their names. Terms are stored as keyed hashes, so
 * that the read model contains no plain names. Reads are by {@code _id} only.
 */
final class UserNameIndex {
    /**
     * Number of documents per term. A user is in the same shard for every term. ADR 0072 tells how many users this
     * suffices for.
     */
    private static final int SHARDS = 8;

    /** 96 bits. A collision is very unlikely, and only adds a candidate. */
    private static final int KEY_LENGTH = 16;

    private final ReadModelStore store;
    private final KeyedHash hash;

    UserNameIndex(ReadModelStore store, KeyedHash hash) {
        this.store = store;
        this.hash = hash;
    }

    /** Replaces the terms of these users. Idempotent. */
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
        BulkWrites.write(store.names(), names);
        BulkWrites.write(store.people(), people);
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

    /** Removes these users from the index. */
    void forget(Collection<UserId> users) {
        Map<UserId, Set<String>> nothing = new LinkedHashMap<>();
        users.forEach(user -> nothing.put(user, Set.of()));
        write(nothing);
    }

    /** The users that have all of these terms; stops after about {@code enough}. */
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
                .map(document -> DocumentFields.sub(document, "p"))
                .sorted(Comparator.comparingInt(Document::size))
                .toList();
        return fewestFirst.getFirst().keySet().stream()
                .filter(user -> fewestFirst.stream().allMatch(other -> other.containsKey(user)))
                .map(UserId::new)
                .toList();
    }

    /** The users with exactly this username, or with a colliding hash. */
    List<UserId> named(String username) {
        String key = key(NameTerms.whole(username));
        List<String> everywhere =
                IntStream.range(0, SHARDS).mapToObj(shard -> id(key, shard)).toList();
        return ReadModelStore.small(store.names(), everywhere, null).values().stream()
                .flatMap(document -> DocumentFields.sub(document, "p").keySet().stream())
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
