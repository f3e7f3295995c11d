package chat.parley.search.history.index;

import chat.parley.api.account.UserId;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.search.history.SearchIndex;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexDefinition;
import chat.parley.search.history.document.IndexFamily;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.MonitoredEngine;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.RebuildProgress;
import chat.parley.testing.TestPostgres;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** A node that indexes, with index names of its own. */
final class IndexNode implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);
    static final Installation OURS = new Installation("ours");
    static final String CURRENT = IndexDefinition.current().json();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** The users of whom the index has reported that it holds no text. */
    final Set<UserId> erased = ConcurrentHashMap.newKeySet();

    final SearchIndex index;
    final SearchEngine engine;
    private final IndexFamily family;
    private final ElasticsearchClient client;
    private final MonitoredEngine watched;

    /** The definition with another number of its format. */
    static String ofFormat(int number) {
        return CURRENT.replaceFirst("\"format\": [0-9]+", "\"format\": " + number);
    }

    /** The data that survives a node: events, vault and Elasticsearch. */
    record Data(RecordedConversation talk, RealElasticsearch server, DataSource vault, IndexFamily family) {
        static Data fresh() {
            return on(RealElasticsearch.shared());
        }

        static Data on(RealElasticsearch server) {
            String name = "parley-t" + NUMBERS.incrementAndGet();
            return new Data(
                    new RecordedConversation(),
                    server,
                    TestPostgres.ownDatabase().dataSource(),
                    new IndexFamily(name + "-messages", name + "-past", name + "-tokens", name + "-generations"));
        }
    }

    IndexNode(Data data) {
        this(data, CURRENT);
    }

    IndexNode(Data data, Epoch epoch) {
        this(data, CURRENT, epoch);
    }

    IndexNode(Data data, String definition) {
        this(data, definition, new Epoch("first"));
    }

    IndexNode(Data data, String definition, Epoch epoch) {
        this(data, definition, new ReadModelOwner(OURS, epoch, false));
        Awaitility.await().atMost(LIMIT).until(() -> engine.state() == SearchEngine.State.UP);
    }

    /** Does not wait for search, which the owner may not get. */
    IndexNode(Data data, String definition, ReadModelOwner owner) {
        family = data.family();
        client = data.server().client();
        engine = new SearchEngine(client);
        index = new SearchIndex(
                family,
                IndexDefinition.of(definition),
                engine,
                data.talk().events(),
                data.talk(),
                data.talk().protection(),
                Jackson3Serializer.builder().build(),
                data.vault(),
                meters,
                properties(),
                SegmentOwners.alone("node"),
                erased::add,
                owner,
                true,
                Clock.systemUTC());
        index.generations().start();
        watched = new MonitoredEngine(engine, index.storage());
    }

    private static IndexProperties properties() {
        return new IndexProperties(
                1,
                500,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(20));
    }

    IndexNode caughtUp() {
        Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> {
            RunningGeneration<Generation> served = index.generations().served();
            return served.position() >= 0 && index.served().caughtUp() != null;
        });
        return this;
    }

    Generation served() {
        return index.served().caughtUp();
    }

    /** The progress as seen by this node, which then serves the new generation. */
    RebuildProgress ended() {
        return Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(
                        index.rebuilds()::progress,
                        progress -> progress.state() != RebuildState.FILLING
                                && served().name().equals(progress.serving()));
    }

    /** All messages that searches find, by id. */
    Map<String, MessageDocument> messages() {
        return documents(family.messages());
    }

    Map<String, MessageDocument> past() {
        return documents(family.past());
    }

    MessageDocument message(long position) {
        return Objects.requireNonNull(messages().get(RecordedConversation.TEA + ":" + position));
    }

    MessageDocument past(long position, long version) {
        return Objects.requireNonNull(past().get(RecordedConversation.TEA + ":" + position + ":" + version));
    }

    private Map<String, MessageDocument> documents(String alias) {
        refresh();
        return RealElasticsearch.answer(
                        () -> client.search(search -> search.index(alias).size(10_000), MessageDocument.class))
                .hits()
                .hits()
                .stream()
                .collect(Collectors.toMap(Hit::id, Hit::source, (one, other) -> one, TreeMap::new));
    }

    void refresh() {
        var _ = RealElasticsearch.answer(
                () -> client.indices().refresh(refresh -> refresh.index(family.messages(), family.past())));
    }

    void flush() {
        var _ = RealElasticsearch.answer(
                () -> client.indices().flush(flush -> flush.index(family.messages(), family.past())));
    }

    /** The number of replaced documents that the files still contain. */
    long replacedDocuments() {
        return Objects.requireNonNull(RealElasticsearch.answer(
                                () -> client.indices().stats(stats -> stats.index(family.messages(), family.past())))
                        .all()
                        .primaries())
                .docs()
                .deleted();
    }

    List<String> textsOf(Map<String, MessageDocument> documents) {
        return documents.values().stream()
                .map(document -> String.valueOf(document.text()))
                .toList();
    }

    long hits(Query query) {
        return RealElasticsearch.answer(() ->
                        client.count(count -> count.index(family.messages()).query(query)))
                .count();
    }

    @Override
    public void close() {
        watched.close();
        index.generations().stop();
    }
}
