package chat.parley.search.history.erasure;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.EventSelection;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.search.history.document.DocumentKind;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.SearchEngine;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Takes the texts of erased users, and those from before an expiry, out of one generation. The documents stay without
 * their texts, in the versions they had: so a write that arrives late is refused as outdated, and the counts of a rebuild
 * still agree.
 *
 * <p>An event has to be handled after the indexer has handled it. Then every earlier text is in the index, also one that
 * was revealed before its key was destroyed, and no later one is of an erased user.
 */
public final class TextRemover implements BatchWriter {
    private static final Set<Class<?>> HANDLED = Set.of(AccountErased.class, TextsExpired.class);

    /** The events after which texts are removed. */
    public static final EventSelection SELECTION = HANDLED::contains;

    private static final int PAGE = 1_000;
    private static final int CONFLICT = 409;
    private static final int SUCCESS_ENDS = 300;

    private final Generation generation;
    private final SearchEngine engine;
    private final Indexes indexes;
    private final RemovedTextPurge purge;

    public TextRemover(Generation generation, SearchEngine engine, Indexes indexes, RemovedTextPurge purge) {
        this.generation = generation;
        this.engine = engine;
        this.indexes = indexes;
        this.purge = purge;
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        indexes.refresh(generation);
        for (RecordedEvent event : batch) {
            Query texts = textsOf(event.payload());
            for (DocumentKind kind : DocumentKind.values()) {
                remove(generation.index(kind), texts);
            }
        }
        purge.due(
                generation,
                batch.stream()
                        .map(RecordedEvent::payload)
                        .filter(AccountErased.class::isInstance)
                        .map(event -> ((AccountErased) event).user())
                        .toList());
    }

    private static Query textsOf(Object event) {
        return Query.of(query -> query.bool(bool -> {
            bool.filter(filter -> filter.exists(exists -> exists.field(Fields.TEXT)));
            return switch (event) {
                case AccountErased erased ->
                    bool.filter(filter -> filter.term(term ->
                            term.field(Fields.SENDER).value(erased.user().value())));
                case TextsExpired expired ->
                    bool.filter(filter -> filter.term(term -> term.field(Fields.CONVERSATION)
                                    .value(expired.conversation().value())))
                            .filter(filter -> filter.range(range -> range.number(since -> since.field(Fields.SINCE)
                                    .lt((double) expired.before().toEpochMilli()))));
                default -> throw new IllegalArgumentException("Nothing is removed after " + event.getClass());
            };
        }));
    }

    private void remove(String index, Query texts) {
        for (List<Hit<MessageDocument>> page = page(index, texts); !page.isEmpty(); page = page(index, texts)) {
            List<BulkOperation> operations =
                    page.stream().map(hit -> withoutText(index, hit)).toList();
            engine.attempt(client -> client.bulk(bulk -> bulk.operations(operations)))
                    .items()
                    .forEach(TextRemover::requireDone);
            engine.attempt(client -> client.indices().refresh(refresh -> refresh.index(index)));
        }
    }

    private List<Hit<MessageDocument>> page(String index, Query texts) {
        return engine.attempt(client -> client.search(
                        search -> search.index(index)
                                .query(texts)
                                .size(PAGE)
                                .version(true)
                                .source(source -> source.filter(fields -> fields.excludes(Fields.TEXT)))
                                .allowPartialSearchResults(false),
                        MessageDocument.class))
                .hits()
                .hits();
    }

    private static BulkOperation withoutText(String index, Hit<MessageDocument> hit) {
        return BulkOperation.of(operation -> operation.index(write -> write.index(index)
                .id(hit.id())
                .versionType(VersionType.ExternalGte)
                .version(hit.version())
                .document(Objects.requireNonNull(hit.source()).withoutText())));
    }

    /** A document that was changed meanwhile is found again if it still has a text. */
    private static void requireDone(BulkResponseItem item) {
        if (item.status() >= SUCCESS_ENDS && item.status() != CONFLICT) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
    }
}
