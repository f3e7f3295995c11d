package chat.parley.embedded.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Opens the maps of documents with {@link DocumentType} and those of indexes with {@link KeyValueType}. The first
 * opening of a map determines its types.
 */
final class EmbeddedMongoDatabase extends H2Database {
    private final MVStore store;

    EmbeddedMongoDatabase(String databaseName, MVStore store, CursorRegistry cursors) {
        // Assigned first, because the super constructor opens the existing collections and indexes.
        this.store = store;
        super(databaseName, store, cursors);
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
        String name = databaseName + "." + collection;
        MVMap<Object, Document> documents = open("databases." + name, new ObjectDataType(), new DocumentType());
        return new EmbeddedMongoCollection(
                this, collection, options, documents, store.openMap("meta." + name), cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        open(databaseName + "." + collection + "._index_" + index, new KeyValueType(), new ObjectDataType());
        return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
    }

    private <K, V> MVMap<K, V> open(String map, DataType<K> keys, DataType<V> values) {
        MVMap<K, V> opened =
                store.openMap(map, new MVMap.Builder<K, V>().keyType(keys).valueType(values));
        if (opened.getKeyType().getClass() != keys.getClass()
                || opened.getValueType().getClass() != values.getClass()) {
            throw new IllegalStateException("The map " + map + " was opened with other types before");
        }
        return opened;
    }
}
