package chat.parley.search.history.index;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.UnderivableDocument;
import chat.parley.search.history.engine.SearchEngine;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Writes documents with their key's version, so that repeated and late writes have no effect. */
public final class BulkWriter {
    private static final Logger log = LoggerFactory.getLogger(BulkWriter.class);

    /** Far below Elasticsearch's limit, and large enough that the overhead of a request is small. */
    private static final long MAX_BYTES = 5L << 20;

    private static final int MAX_DOCUMENTS = 1_000;

    private static final String JSON = "application/json";

    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int SUCCESS_ENDS = 300;

    private final SearchEngine engine;
    private final IndexMeters meters;
    private final ObjectMapper json = JsonMapper.shared();

    public BulkWriter(SearchEngine engine, IndexMeters meters) {
        this.engine = engine;
        this.meters = meters;
    }

    /** @param error Elasticsearch's error type, or a code of Parley */
    record Rejection(DocumentKey key, String error) {}

    /**
     * All documents are acknowledged when this returns, except the rejected ones.
     *
     * @return the documents that Elasticsearch rejected, or that cannot be derived
     * @throws Refused if the outcome is unknown; then the documents have to be written again
     */
    List<Rejection> write(Generation generation, Collection<DocumentKey> keys, Documents documents) {
        List<Rejection> rejections = new ArrayList<>();
        Request request = new Request(generation, rejections);
        for (DocumentKey key : keys) {
            try {
                request.add(key, json.writeValueAsBytes(documents.derive(key)));
            } catch (UnderivableDocument e) {
                rejections.add(new Rejection(key, e.error()));
            }
        }
        request.send();
        for (Rejection rejection : rejections) {
            DocumentKey key = rejection.key();
            log.warn(
                    "{} {} of {} by entry {} was not indexed in {}: {}",
                    key.kind(),
                    key.id(),
                    key.place().conversation(),
                    key.entry(),
                    generation,
                    rejection.error());
        }
        meters.rejected(rejections.size());
        return rejections;
    }

    private final class Request {
        private final Generation generation;
        private final List<Rejection> rejections;
        private final List<DocumentKey> keys = new ArrayList<>();
        private final List<BulkOperation> operations = new ArrayList<>();
        private long bytes;

        Request(Generation generation, List<Rejection> rejections) {
            this.generation = generation;
            this.rejections = rejections;
        }

        void add(DocumentKey key, byte[] document) {
            if (bytes + document.length > MAX_BYTES || operations.size() == MAX_DOCUMENTS) {
                send();
            }
            bytes += document.length;
            keys.add(key);
            operations.add(BulkOperation.of(
                    operation -> operation.index(write -> write.index(generation.index(key.kind()))
                            .id(key.id())
                            .version(key.entry())
                            .versionType(VersionType.External)
                            .document(BinaryData.of(document, JSON)))));
        }

        void send() {
            if (operations.isEmpty()) {
                return;
            }
            List<BulkResponseItem> items = Objects.requireNonNull(meters.bulk()
                    .record(() -> engine.attempt(client -> client.bulk(bulk -> bulk.operations(operations)))
                            .items()));
            int written = 0;
            for (int i = 0; i < items.size(); i++) {
                if (isWritten(items.get(i))) {
                    written++;
                } else if (items.get(i).status() != CONFLICT) {
                    rejections.add(new Rejection(keys.get(i), typeOf(items.get(i))));
                }
            }
            meters.indexed(written);
            keys.clear();
            operations.clear();
            bytes = 0;
        }
    }

    private static boolean isWritten(BulkResponseItem item) {
        int status = item.status();
        if (status == TOO_MANY_REQUESTS || (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT)) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
        return status < SUCCESS_ENDS;
    }

    private static String typeOf(BulkResponseItem item) {
        return item.error() == null || item.error().type() == null
                ? "unknown"
                : item.error().type();
    }
}
