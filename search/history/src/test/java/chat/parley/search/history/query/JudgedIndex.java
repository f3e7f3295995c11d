package chat.parley.search.history.query;

import chat.parley.api.account.UserId;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.SearchConnection;
import chat.parley.search.history.language.QueryParser;
import chat.parley.search.history.language.QueryTranslator;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** An index of judged texts, and how it is searched. */
abstract class JudgedIndex {
    /** Parley's account has no other indexes. */
    private static final String PREFIX = "parley-";

    private static final int BULK = 1_000;
    private static final UserId NOBODY = new UserId("nobody");

    final String name;
    private final ElasticsearchClient client;

    private JudgedIndex(ElasticsearchClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Parley's mapping and queries. */
    static JudgedIndex ours(ElasticsearchClient client, String test) throws IOException {
        String name = PREFIX + test;
        try (InputStream mapping = SearchConnection.class.getResourceAsStream("../document/messages.json")) {
            client.indices().create(index -> index.index(name).withJson(mapping));
        }
        return new JudgedIndex(client, name) {
            @Override
            Query query(String text) {
                return QueryTranslator.of(QueryParser.parse(text, ZoneOffset.UTC), person -> NOBODY);
            }
        };
    }

    /** Elasticsearch's defaults. */
    static JudgedIndex standard(ElasticsearchClient client, String test) throws IOException {
        String name = PREFIX + test;
        client.indices()
                .create(index -> index.index(name)
                        .mappings(mappings -> mappings.properties(
                                        Fields.TEXT, field -> field.text(text -> text.analyzer("standard")))
                                .properties(Fields.CONVERSATION, field -> field.keyword(keyword -> keyword))));
        return new JudgedIndex(client, name) {
            @Override
            Query query(String text) {
                return Query.of(
                        query -> query.match(match -> match.field(Fields.TEXT).query(text)));
            }
        };
    }

    abstract Query query(String text);

    /** @param texts by id, in chronological order */
    void fill(Map<String, String> texts) throws IOException {
        List<Map.Entry<String, String>> all = List.copyOf(texts.entrySet());
        for (int from = 0; from < all.size(); from += BULK) {
            BulkRequest.Builder bulk = new BulkRequest.Builder().index(name);
            for (int i = from; i < Math.min(from + BULK, all.size()); i++) {
                Map.Entry<String, String> text = all.get(i);
                MessageDocument document = document(i + 1, text.getValue());
                bulk.operations(operation ->
                        operation.index(index -> index.id(text.getKey()).document(document)));
            }
            Assertions.assertThat(client.bulk(bulk.build()).errors()).isFalse();
        }
        client.indices().refresh(index -> index.index(name));
    }

    /** @param position also determines the time */
    private static MessageDocument document(long position, String text) {
        return new MessageDocument(
                "c", position, position, "u", position, position, null, null, null, false, text, null, null, false);
    }

    /** Ids of the best hits. */
    List<String> search(String text) throws IOException {
        return client
                .search(
                        search -> search.index(name)
                                .query(query(text))
                                .sort(SearchOrder.RELEVANCE.sorting())
                                .size(JudgedQuery.LOOKED_AT)
                                .source(source -> source.fetch(false)),
                        Void.class)
                .hits()
                .hits()
                .stream()
                .map(Hit::id)
                .toList();
    }

    void delete() throws IOException {
        client.indices().delete(index -> index.index(name));
    }
}
