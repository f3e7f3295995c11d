package chat.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import java.util.Optional;

/** A document that is changed by compare-and-set only; read as it is, not as it was at the last refresh. */
record VersionedDocument<T>(T value, long sequenceNumber, long primaryTerm) {
    private static final int CONFLICT = 409;

    static <T> Optional<VersionedDocument<T>> find(
            ElasticsearchClient client, String index, String id, Class<T> type) {
        return of(IndexFailure.translating(() -> client.get(get -> get.index(index).id(id), type)));
    }

    static <T> Optional<VersionedDocument<T>> of(GetResult<T> found) {
        return found.found()
                ? Optional.of(new VersionedDocument<>(found.source(), found.seqNo(), found.primaryTerm()))
                : Optional.empty();
    }

    /** Whether it was not there before. */
    static <T> boolean create(ElasticsearchClient client, String index, String id, T value) {
        return isDone(() -> client.index(
                write -> write.index(index).id(id).opType(OpType.Create).document(value)));
    }

    /** Whether nobody else was faster. */
    boolean replace(ElasticsearchClient client, String index, String id, T changed) {
        return isDone(() -> client.index(write -> write.index(index)
                .id(id)
                .ifSeqNo(sequenceNumber)
                .ifPrimaryTerm(primaryTerm)
                .document(changed)));
    }

    private static boolean isDone(IndexFailure.Request<?> write) {
        return IndexFailure.<Boolean>translating(() -> {
            try {
                write.send();
                return true;
            } catch (ElasticsearchException e) {
                if (e.status() == CONFLICT) {
                    return false;
                }
                throw e;
            }
        });
    }
}
