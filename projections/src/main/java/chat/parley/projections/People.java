package chat.parley.projections;

import chat.parley.api.UserId;
import chat.parley.api.text.Usernames;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.Document;

/** Finding people by the beginning of their username. */
final class People {
    /** What no username has. */
    private static final String SEPARATOR = " ";

    private static final Pattern SPECIAL = Pattern.compile("[^\\p{L}\\p{N}_]");

    private final ReadModelStore store;

    People(ReadModelStore store) {
        this.store = store;
    }

    static ReplaceOneModel<Document> write(String username, UserId user) {
        String id = Usernames.fold(username) + SEPARATOR + user;
        return new ReplaceOneModel<>(Filters.eq("_id", id), new Document("_id", id), new ReplaceOptions().upsert(true));
    }

    /** In the order of their names. */
    List<UserId> startingWith(String prefix, int limit) {
        // An anchored pattern, because servers compare the ends of ranges of text differently.
        String pattern = "^" + SPECIAL.matcher(Usernames.fold(prefix)).replaceAll("\\\\$0");
        List<UserId> found = new ArrayList<>();
        for (Document person : store.people()
                .find(Filters.regex("_id", pattern))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .batchSize(limit)) {
            String id = person.getString("_id");
            found.add(new UserId(id.substring(id.lastIndexOf(SEPARATOR) + 1)));
        }
        return found;
    }

    /** Forgets the names of people whose names are erased. */
    void forget(List<UserId> users) {
        for (UserId user : users) {
            store.people().deleteMany(Filters.regex("_id", SEPARATOR + user + "$"));
        }
    }
}
