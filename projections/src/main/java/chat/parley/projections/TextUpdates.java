package chat.parley.projections;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** What a batch changes about the texts that are too large for their page. */
final class TextUpdates {
    private final Map<String, Document> sets = new LinkedHashMap<>();
    private final Map<String, Document> unsets = new LinkedHashMap<>();

    /** @param field {@code x} or {@code j} */
    void put(String textId, String field, String json) {
        sets.computeIfAbsent(textId, id -> new Document()).put(field, json);
    }

    /** Where there is such a text. */
    void removeText(String textId) {
        Document put = sets.get(textId);
        if (put != null) {
            put.remove("x");
        }
        unsets.computeIfAbsent(textId, id -> new Document()).put("x", "");
    }

    List<UpdateOneModel<Document>> writes() {
        List<UpdateOneModel<Document>> writes = new ArrayList<>();
        sets.forEach((id, fields) -> {
            if (!fields.isEmpty()) {
                writes.add(new UpdateOneModel<>(
                        Filters.eq("_id", id), new Document("$set", fields), new UpdateOptions().upsert(true)));
            }
        });
        unsets.forEach((id, fields) ->
                writes.add(new UpdateOneModel<>(Filters.eq("_id", id), new Document("$unset", fields))));
        return writes;
    }
}
