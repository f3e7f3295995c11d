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
 * A collection that finds a document by its id whatever else is asked of it. The stand-in's own way is to use an index
 * only where its fields are all there is in the query, and to read the whole collection for any other: for each write
 * that asks whether its document is still the one that was read. And what was found by its id it holds against the id
 * again: against each of 200, where 200 were asked for.
 */
final class ReadSideCollection extends H2Collection {
    private static final String ID = "_id";

    private @Nullable Index<Object> ids;
    private boolean changing;

    ReadSideCollection(
            ReadSideDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
    }

    /** Nobody asks how large a collection is; to know it costs two encodings of the document at every update. */
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
     * What is changed gets its new fields in place: a copy, where an answer that is on its way may hold the document
     * itself. The values are replaced whole, so the copy need not be deep.
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

    /** What the query asks of the id alone. */
    private static Optional<Document> id(Document query) {
        Collection<?> all = query.get("$and") instanceof Collection<?> conditions ? conditions : List.of();
        return Stream.concat(Stream.of(query), all.stream())
                .filter(condition -> condition instanceof Document document && document.containsKey(ID))
                .map(condition -> new Document(ID, ((Document) condition).get(ID)))
                .findFirst();
    }
}
