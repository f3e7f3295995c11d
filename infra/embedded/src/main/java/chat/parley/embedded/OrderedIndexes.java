package chat.parley.embedded;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database whose indexes are opened as {@link KeyValueType} orders them: whoever opens a map first says how. */
final class OrderedIndexes extends H2Database {
    private final MVStore store;

    OrderedIndexes(String databaseName, MVStore store, CursorRegistry cursors) {
        // Before the parent, which opens the indexes there are.
        this.store = store;
        super(databaseName, store, cursors);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        MVMap<KeyValue, Object> map = store.openMap(
                databaseName + "." + collection + "._index_" + index,
                new MVMap.Builder<KeyValue, Object>().keyType(new KeyValueType()));
        if (!(map.getKeyType() instanceof KeyValueType)) {
            throw new IllegalStateException("The index " + map.getName() + " was opened in another order");
        }
        return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
    }
}
