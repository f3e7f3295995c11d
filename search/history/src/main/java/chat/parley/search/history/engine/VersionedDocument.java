package chat.parley.search.history.engine;

import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import java.util.Optional;

/** A document for compare-and-set. Read by id, so that it is current, not as of the last refresh. */
public record VersionedDocument<T>(T value, long sequenceNumber, long primaryTerm) {
    private static final int CONFLICT = 409;

    public static <T> Optional<VersionedDocument<T>> find(SearchEngine engine, String index, String id, Class<T> type) {
        return of(engine.attempt(client -> client.get(get -> get.index(index).id(id), type)));
    }

    public static <T> Optional<VersionedDocument<T>> of(GetResult<T> found) {
        return found.found()
                ? Optional.of(new VersionedDocument<>(found.source(), found.seqNo(), found.primaryTerm()))
                : Optional.empty();
    }

    /** Returns false if the document exists. */
    public static <T> boolean create(SearchEngine engine, String index, String id, T value) {
        return isDone(
                engine,
                client -> client.index(
                        write -> write.index(index).id(id).opType(OpType.Create).document(value)));
    }

    /** Returns false if another writer changed the document since it was read. */
    public boolean replace(SearchEngine engine, String index, String id, T changed) {
        return isDone(
                engine,
                client -> client.index(write -> write.index(index)
                        .id(id)
                        .ifSeqNo(sequenceNumber)
                        .ifPrimaryTerm(primaryTerm)
                        .document(changed)));
    }

    /** Returns false if another writer changed the document since it was read. */
    public boolean delete(SearchEngine engine, String index, String id) {
        return isDone(
                engine,
                client -> client.delete(delete ->
                        delete.index(index).id(id).ifSeqNo(sequenceNumber).ifPrimaryTerm(primaryTerm)));
    }

    private static boolean isDone(SearchEngine engine, SearchEngine.Call<?> write) {
        try {
            engine.attempt(write);
            return true;
        } catch (EngineRejected e) {
            if (e.status() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
