package chat.parley.embedded.mongodb;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that uses the index of {@code _id} for every query with an {@code _id}. The stand-in itself uses an
 * index only if the query has no other fields, and scans the whole collection otherwise, for example for every
 * conditional update. It also compares every document found by {@code _id} with the whole list of requested ids again.
 */
final class EmbeddedMongoCollection extends H2Collection {
    private static final String ID = "_id";

    private @Nullable Index<Object> ids;
    private boolean changing;

    EmbeddedMongoCollection(
            EmbeddedMongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
    }

    /** The size is never queried, and tracking it would encode the document twice per update. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    public void addIndex(Index<Object> index) {
        super.addIndex(index);
        if (index.getKeys().size() == 1 && index.getKeys().getFirst().getKey().equals(ID)) {
            ids = index;
        }
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean isMulti, boolean isUpsert, Oplog oplog) {
        return changing(() -> super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog));
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        return changing(() -> super.findAndModify(query));
    }

    private Document changing(Supplier<Document> change) {
        changing = true;
        try {
            return change.get();
        } finally {
            changing = false;
        }
    }

    /**
     * Copies documents that are about to be updated. The stand-in changes them in place, while a reply in progress may
     * still refer to them. Values are replaced as a whole, so a shallow copy suffices.
     */
    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
        QueryResult found = find(query, orderBy, skip, limit, batchSize, fields);
        return changing
                ? new QueryResult(
                        found.collectDocuments().stream().map(Document::new).toList())
                : found;
    }

    private QueryResult find(Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
        Index<Object> index = ids;
        if (index != null) {
            Optional<Document> id = id(query).filter(index::canHandle);
            if (id.isPresent()) {
                Document rest = new Document(query);
                rest.remove(ID);
                return matchDocuments(rest, index.getPositions(id.get()), orderBy, skip, limit, batchSize, fields);
            }
        }
        return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
    }

    /** The part of the query that concerns only the id. */
    private static Optional<Document> id(Document query) {
        Collection<?> all = query.get("$and") instanceof Collection<?> conditions ? conditions : List.of();
        return Stream.concat(Stream.of(query), all.stream())
                .filter(condition -> condition instanceof Document document && document.containsKey(ID))
                .map(condition -> new Document(ID, ((Document) condition).get(ID)))
                .findFirst();
    }
}
