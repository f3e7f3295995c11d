package chat.parley.projections.processing;

import chat.parley.eventprocessing.token.StoredPositions;
import chat.parley.projections.store.DocumentFields;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.bson.Document;
import org.bson.types.Binary;

/** Reads tokens as Axon stores them in MongoDB. */
public final class TokenPositions implements StoredPositions {
    private static final int MAX_SEGMENTS = 1_000;

    private final MongoCollection<Document> tokens;
    private final Serializer serializer;

    public TokenPositions(MongoCollection<Document> tokens, Serializer serializer) {
        this.tokens = tokens;
        this.serializer = serializer;
    }

    @Override
    public Map<Integer, Long> of(String processor) {
        Map<Integer, Long> positions = new HashMap<>();
        for (Document entry :
                tokens.find(Filters.eq("processorName", processor)).batchSize(MAX_SEGMENTS)) {
            positions.put((int) DocumentFields.longOf(entry, "segment"), position(entry));
        }
        return positions;
    }

    private long position(Document entry) {
        if (!(entry.get("token") instanceof Binary bytes)) {
            return -1;
        }
        TrackingToken token = serializer.deserialize(
                new SimpleSerializedObject<>(bytes.getData(), byte[].class, entry.getString("tokenType"), null));
        return token == null ? -1 : token.position().orElse(-1);
    }

    public void forget(String processor) {
        tokens.deleteMany(Filters.eq("processorName", processor));
    }
}
