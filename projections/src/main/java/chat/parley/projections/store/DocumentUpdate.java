package chat.parley.projections.store;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.List;
import org.bson.Document;

/**
 * An idempotent change of one document.
 *
 * @param operators {@code $set}, {@code $unset} and {@code $max}, with dotted paths; no path is a part of another
 */
public record DocumentUpdate(String id, Document operators) {
    private static final String SET = "$set";
    private static final String UNSET = "$unset";
    private static final String MAX = "$max";

    public static DocumentUpdate set(String id, Document sets) {
        return of(id, sets, new Document(), new Document());
    }

    public static DocumentUpdate of(String id, Document sets, Document unsets, Document maxima) {
        Document operators = new Document();
        append(operators, SET, sets);
        append(operators, UNSET, unsets);
        append(operators, MAX, maxima);
        return new DocumentUpdate(id, operators);
    }

    private static void append(Document operators, String operator, Document fields) {
        if (!fields.isEmpty()) {
            operators.append(operator, fields);
        }
    }

    /** The write that creates the document if it does not exist. */
    public UpdateOneModel<Document> upsert() {
        return new UpdateOneModel<>(Filters.eq("_id", id), operators, new UpdateOptions().upsert(true));
    }

    /** The document that {@link #upsert} creates: there, {@code $unset} has nothing to remove. */
    public Document created() {
        Document created = new Document("_id", id);
        for (String operator : List.of(SET, MAX)) {
            DocumentFields.sub(operators, operator).forEach((path, value) -> put(created, path, value));
        }
        return created;
    }

    private static void put(Document document, String path, Object value) {
        Document parent = document;
        int start = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
            parent = (Document) parent.computeIfAbsent(path.substring(start, dot), any -> new Document());
            start = dot + 1;
        }
        parent.put(path.substring(start), value);
    }
}
