package chat.parley.projections.generation;

import chat.parley.projections.store.Docs;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The one document that says which generation is served; changed by compare-and-set only. */
public final class GenerationPointer {
    private static final String ID = "read-model";

    /** The shape of the documents. One of another shape is not served: it is made again from the events. */
    private static final int FORMAT = 7;

    private final MongoCollection<Document> collection;

    public GenerationPointer(MongoDatabase database) {
        collection = database.getCollection("generations");
    }

    /**
     * @param active   is served
     * @param next     is being filled, to be served after that
     * @param last     the newest there ever was; numbers are not used again
     * @param previous was served until {@code switchedAt}
     */
    record Pointer(
            int active,
            @Nullable Integer next,
            int last,
            @Nullable Integer previous,
            @Nullable Instant switchedAt) {
        static String name(int generation) {
            return "g" + generation;
        }
    }

    /** Begins with the first generation. */
    public Pointer read() {
        collection.updateOne(
                Filters.eq("_id", ID),
                new Document(
                        "$setOnInsert",
                        new Document("active", 1).append("last", 1).append("format", FORMAT)),
                new UpdateOptions().upsert(true));
        Document document = find();
        if (Docs.longOf(document, "format") != FORMAT) {
            beginAgain(document);
            document = find();
        }
        Long next = Docs.longOrNull(document, "next");
        Long previous = Docs.longOrNull(document, "previous");
        Long switchedAt = Docs.longOrNull(document, "switchedAt");
        return new Pointer(
                (int) Docs.longOf(document, "active"),
                next == null ? null : next.intValue(),
                (int) Docs.longOf(document, "last"),
                previous == null ? null : previous.intValue(),
                switchedAt == null ? null : Instant.ofEpochMilli(switchedAt));
    }

    private Document find() {
        Document document = collection.find(Filters.eq("_id", ID)).first();
        if (document == null) {
            throw new IllegalStateException("The read model's generation was removed");
        }
        return document;
    }

    private void beginAgain(Document before) {
        long next = Docs.longOf(before, "last") + 1;
        change(
                List.of(Filters.eq("last", before.get("last")), Filters.ne("format", FORMAT)),
                new Document(
                                "$set",
                                new Document("active", next)
                                        .append("last", next)
                                        .append("format", FORMAT))
                        .append(
                                "$unset",
                                new Document("next", "").append("previous", "").append("switchedAt", "")));
    }

    /** Begins to fill the next one; whether this call was the one that did. */
    public boolean begin(Pointer before) {
        int next = before.last() + 1;
        return change(
                List.of(Filters.eq("last", before.last()), Filters.exists("next", false)),
                new Document("$set", new Document("next", next).append("last", next)));
    }

    /** Whether this call was the one that gave it up. */
    boolean giveUp(int active, int next) {
        return change(
                List.of(Filters.eq("active", active), Filters.eq("next", next)),
                new Document("$unset", new Document("next", "")));
    }

    /** Whether this call was the one that switched. */
    boolean serve(int active, int next, Instant now) {
        return change(
                List.of(Filters.eq("active", active), Filters.eq("next", next)),
                new Document(
                                "$set",
                                new Document("active", next)
                                        .append("previous", active)
                                        .append("switchedAt", now.toEpochMilli()))
                        .append("$unset", new Document("next", "")));
    }

    private boolean change(List<Bson> expected, Document update) {
        List<Bson> filters = new ArrayList<>(expected);
        filters.add(Filters.eq("_id", ID));
        return collection.updateOne(Filters.and(filters), update).getModifiedCount() == 1;
    }
}
