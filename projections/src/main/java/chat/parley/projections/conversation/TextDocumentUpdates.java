package chat.parley.projections.conversation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** The events that a batch stores outside their pages. */
public final class TextDocumentUpdates {
    private final Map<String, String> events = new LinkedHashMap<>();

    void put(String textId, String event) {
        events.put(textId, event);
    }

    public List<UpdateOneModel<Document>> writes() {
        return events.entrySet().stream()
                .map(event -> new UpdateOneModel<Document>(
                        Filters.eq("_id", event.getKey()),
                        new Document("$set", new Document("j", event.getValue())),
                        new UpdateOptions().upsert(true)))
                .toList();
    }
}
