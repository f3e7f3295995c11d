package chat.parley.projections.generation;

import chat.parley.api.process.StartupFailure;
import chat.parley.eventprocessing.generation.GenerationPointer;
import chat.parley.eventprocessing.generation.GenerationPointerStore;
import chat.parley.eventprocessing.generation.RebuildFailure;
import chat.parley.eventprocessing.generation.RebuildOutcome;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.projections.store.DocumentFields;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Stores the pointer as the document {@code read-model} of {@code generations}, with the outcome of the last rebuild and
 * the installation that the database belongs to.
 * The combination of {@code active}, {@code next} and {@code last} never repeats in one epoch, so it is what a conditional
 * update compares.
 */
public final class StoredGenerationPointer implements GenerationPointerStore {
    private static final String ID = "read-model";
    private static final String INSTALLATION = "installation";

    /** The format of the documents. A generation of another format is not served, but rebuilt from the events. */
    public static final int FORMAT = 8;

    /** So that a killed process does not lose the order of a rebuild that it has acknowledged. */
    private static final WriteConcern DURABLE = WriteConcern.MAJORITY.withJournal(true);

    private final MongoCollection<Document> collection;
    private final String database;
    private final ReadModelOwner owner;

    public StoredGenerationPointer(MongoDatabase database, ReadModelOwner owner) {
        this.collection = database.getCollection("generations");
        this.database = database.getName();
        this.owner = owner;
    }

    @Override
    public GenerationPointer read() {
        collection.updateOne(
                Filters.eq("_id", ID),
                new Document(
                        "$setOnInsert",
                        new Document("active", 1)
                                .append("last", 1)
                                .append("format", FORMAT)
                                .append(INSTALLATION, owner.installation().value())),
                new UpdateOptions().upsert(true));
        Document document = find();
        requireOwn(document);
        requireKnown(format(document));
        if (format(document) < FORMAT) {
            beginAgain(document);
            document = find();
        }
        return new GenerationPointer(
                (int) DocumentFields.longOf(document, "active"),
                number(document, "next"),
                instant(document, "since"),
                (int) DocumentFields.longOf(document, "last"),
                number(document, "previous"),
                instant(document, "switchedAt"),
                outcome(document.get("outcome", Document.class)),
                document.getString("epoch"));
    }

    private Document find() {
        Document document = collection.find(Filters.eq("_id", ID)).first();
        if (document == null) {
            throw new IllegalStateException("The read model's generation was removed");
        }
        return document;
    }

    private void requireOwn(Document document) {
        String epoch = document.getString("epoch");
        if (owner.adopts(
                "The MongoDB database " + database, "drop that database", document.getString(INSTALLATION), epoch)) {
            update(
                    List.of(is(INSTALLATION, null), is("epoch", epoch)),
                    new Document(INSTALLATION, owner.installation().value()),
                    List.of());
        }
    }

    private static long format(Document document) {
        return DocumentFields.longOf(document, "format");
    }

    private void requireKnown(long format) {
        if (format > FORMAT) {
            throw new StartupFailure(
                    "The MongoDB database " + database + " has the read model of a newer version of Parley, in format "
                            + format + ". This version knows formats up to " + FORMAT + ". Nothing was changed",
                    "Start the newer version. To go back to this one, drop that database: Parley builds it again from the"
                            + " events");
        }
    }

    private void beginAgain(Document before) {
        long next = DocumentFields.longOf(before, "last") + 1;
        update(
                List.of(Filters.eq("last", before.get("last")), Filters.ne("format", FORMAT)),
                new Document("active", next).append("last", next).append("format", FORMAT),
                List.of("next", "since", "previous", "switchedAt", "outcome"));
    }

    @Override
    public boolean compareAndSet(GenerationPointer expected, GenerationPointer changed) {
        Document set = new Document("active", changed.active()).append("last", changed.last());
        List<String> unset = new ArrayList<>();
        put("next", changed.next(), set, unset);
        put("since", millis(changed.since()), set, unset);
        put("previous", changed.previous(), set, unset);
        put("switchedAt", millis(changed.switchedAt()), set, unset);
        put("outcome", document(changed.outcome()), set, unset);
        put("epoch", changed.epoch(), set, unset);
        return update(
                List.of(
                        Filters.eq("active", expected.active()),
                        Filters.eq("last", expected.last()),
                        is("next", expected.next()),
                        is("epoch", expected.epoch())),
                set,
                unset);
    }

    private static Bson is(String field, @Nullable Object value) {
        return value == null ? Filters.exists(field, false) : Filters.eq(field, value);
    }

    private static void put(String field, @Nullable Object value, Document set, List<String> unset) {
        if (value == null) {
            unset.add(field);
        } else {
            set.append(field, value);
        }
    }

    private boolean update(List<Bson> expected, Document set, List<String> unset) {
        List<Bson> filters = new ArrayList<>(expected);
        filters.add(Filters.eq("_id", ID));
        Document update = new Document("$set", set);
        Document removed = new Document();
        unset.forEach(field -> removed.append(field, ""));
        if (!removed.isEmpty()) {
            update.append("$unset", removed);
        }
        return collection
                        .withWriteConcern(DURABLE)
                        .updateOne(Filters.and(filters), update)
                        .getModifiedCount()
                == 1;
    }

    private static @Nullable Document document(@Nullable RebuildOutcome outcome) {
        if (outcome == null) {
            return null;
        }
        Document document = new Document("generation", outcome.generation())
                .append("state", outcome.state().name())
                .append("format", outcome.format())
                .append("position", outcome.position())
                .append("served", new Document(new LinkedHashMap<>(outcome.served())))
                .append("filled", new Document(new LinkedHashMap<>(outcome.filled())));
        RebuildFailure failure = outcome.failure();
        append("failure", failure == null ? null : failure.name(), document);
        append("since", millis(outcome.since()), document);
        append("ended", millis(outcome.ended()), document);
        return document;
    }

    private static void append(String field, @Nullable Object value, Document document) {
        if (value != null) {
            document.append(field, value);
        }
    }

    private static @Nullable RebuildOutcome outcome(@Nullable Document document) {
        return document == null
                ? null
                : new RebuildOutcome(
                        (int) DocumentFields.longOf(document, "generation"),
                        RebuildState.valueOf(document.getString("state")),
                        failure(document.getString("failure")),
                        (int) DocumentFields.longOf(document, "format"),
                        DocumentFields.longOf(document, "position"),
                        instant(document, "since"),
                        instant(document, "ended"),
                        counts(document.get("served", Document.class)),
                        counts(document.get("filled", Document.class)));
    }

    private static @Nullable RebuildFailure failure(@Nullable String name) {
        return name == null ? null : RebuildFailure.valueOf(name);
    }

    private static Map<String, Long> counts(Document document) {
        Map<String, Long> counts = new LinkedHashMap<>();
        document.keySet().forEach(name -> counts.put(name, DocumentFields.longOf(document, name)));
        return counts;
    }

    private static @Nullable Integer number(Document document, String field) {
        Long value = DocumentFields.longOrNull(document, field);
        return value == null ? null : value.intValue();
    }

    private static @Nullable Instant instant(Document document, String field) {
        Long value = DocumentFields.longOrNull(document, field);
        return value == null ? null : Instant.ofEpochMilli(value);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
