package chat.parley.projections.store;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The collections of one generation; see the package's documentation for their contents. */
public final class ReadModelStore {
    private static final List<String> COLLECTIONS = List.of(
            "texts",
            "changes",
            "reactions",
            "pages",
            "inboxes",
            "conversations",
            "accounts",
            "contacts",
            "people",
            "names",
            "presences",
            "opendevices");

    /** Number of {@code _id}s per query. */
    private static final int IDS_PER_FIND = 500;
    /**
     * Batch size of small documents, because some servers would send all of them in one reply. Large documents have a
     * smaller one.
     */
    private static final int SMALL_PER_REPLY = 500;

    private static final int LARGE_PER_REPLY = 16;

    private final String generation;
    private final MongoDatabase database;
    private final MongoCollection<Document> texts;
    private final MongoCollection<Document> changes;
    private final MongoCollection<Document> reactions;
    private final MongoCollection<Document> pages;
    private final MongoCollection<Document> inboxes;
    private final MongoCollection<Document> conversations;
    private final MongoCollection<Document> accounts;
    private final MongoCollection<Document> contacts;
    private final MongoCollection<Document> people;
    private final MongoCollection<Document> names;
    private final MongoCollection<Document> presences;
    private final MongoCollection<Document> openDevices;

    public ReadModelStore(MongoDatabase database, String generation) {
        this.database = database;
        this.generation = generation;
        texts = collection("texts");
        changes = collection("changes");
        reactions = collection("reactions");
        pages = collection("pages");
        inboxes = collection("inboxes");
        conversations = collection("conversations");
        accounts = collection("accounts");
        contacts = collection("contacts");
        people = collection("people");
        names = collection("names");
        presences = collection("presences");
        openDevices = collection("opendevices");
    }

    private MongoCollection<Document> collection(String name) {
        return database.getCollection(name + "@" + generation);
    }

    public String generation() {
        return generation;
    }

    public void drop() {
        COLLECTIONS.forEach(name -> collection(name).drop());
    }

    /** The generations that have a collection in this database. */
    public static List<String> generationsIn(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> COLLECTIONS.contains(name.split("@", -1)[0]) && name.contains("@"))
                .map(name -> name.substring(name.indexOf('@') + 1))
                .distinct()
                .toList();
    }

    public MongoCollection<Document> texts() {
        return texts;
    }

    public MongoCollection<Document> changes() {
        return changes;
    }

    public MongoCollection<Document> reactions() {
        return reactions;
    }

    public MongoCollection<Document> pages() {
        return pages;
    }

    public MongoCollection<Document> inboxes() {
        return inboxes;
    }

    public MongoCollection<Document> conversations() {
        return conversations;
    }

    public MongoCollection<Document> accounts() {
        return accounts;
    }

    public MongoCollection<Document> contacts() {
        return contacts;
    }

    public MongoCollection<Document> people() {
        return people;
    }

    public MongoCollection<Document> names() {
        return names;
    }

    public MongoCollection<Document> presences() {
        return presences;
    }

    public MongoCollection<Document> openDevices() {
        return openDevices;
    }

    /** The existing ones of these small documents, by {@code _id}. */
    public static Map<String, Document> small(
            MongoCollection<Document> collection, Collection<String> ids, @Nullable Bson projection) {
        return byId(collection, ids, projection, SMALL_PER_REPLY);
    }

    /** The existing ones of these large documents, by {@code _id}. */
    public static Map<String, Document> large(MongoCollection<Document> collection, Collection<String> ids) {
        return byId(collection, ids, null, LARGE_PER_REPLY);
    }

    public static @Nullable Document one(MongoCollection<Document> collection, String id, @Nullable Bson projection) {
        return projected(collection.find(Filters.eq("_id", id)), projection).first();
    }

    private static Map<String, Document> byId(
            MongoCollection<Document> collection, Collection<String> ids, @Nullable Bson projection, int perReply) {
        List<String> wanted = List.copyOf(ids);
        List<Document> found = new ArrayList<>(wanted.size());
        for (int from = 0; from < wanted.size(); from += IDS_PER_FIND) {
            List<String> some = wanted.subList(from, Math.min(wanted.size(), from + IDS_PER_FIND));
            projected(collection.find(Filters.in("_id", some)), projection)
                    .batchSize(perReply)
                    .into(found);
        }
        return found.stream().collect(Collectors.toMap(document -> document.getString("_id"), Function.identity()));
    }

    private static FindIterable<Document> projected(FindIterable<Document> find, @Nullable Bson projection) {
        return projection == null ? find : find.projection(projection);
    }
}
