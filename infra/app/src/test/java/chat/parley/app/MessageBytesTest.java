package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.port.EventFeed;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import chat.parley.testing.TcpProxy;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures the bytes that a message of 200 characters between two people takes in each store and on each way, for
 * {@code CAPACITY.md}. Runs with {@code -Dparley.measure.bytes=} and the directory of the load client's reports. Bytes do not
 * depend on what else the machine does.
 */
@EnabledIfSystemProperty(named = MessageBytesTest.REPORTS, matches = ".+")
class MessageBytesTest {
    static final String REPORTS = "parley.measure.bytes";

    private static final int PAIRS = 20;
    private static final double MESSAGES_PER_SECOND = 200;
    private static final int WARM_UP = 4_000;
    private static final int MESSAGES = 20_000;
    private static final int READ_MARKS_OF_EACH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String MESSAGE_INDEXES = "parley-messages*";

    /** How long the ways are measured without messages. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** A packet of IP and TCP with time stamps, and a record of TLS 1.3. */
    private static final int PACKET_BYTES = 20 + 32 + 22;

    private interface Steps {
        void take(ScenarioRun run, List<ConversationMembers> warmUp, List<ConversationMembers> measured)
                throws IOException, InterruptedException;
    }

    private static void play(String name, int port, Steps steps) throws IOException, InterruptedException {
        Path reports = Files.createDirectories(Path.of(System.getProperty(REPORTS)));
        URI url = URI.create("http://127.0.0.1:" + port);
        Map<String, Object> settings = Map.of("messagesPerSecond", MESSAGES_PER_SECOND, "messages", MESSAGES);
        ScenarioRun.Scenario scenario = run -> {
            List<UserAccount> people = run.signUp(4 * PAIRS);
            List<ChatClient> clients = run.connect(people);
            List<ConversationMembers> pairs = ConversationMembers.pairs(
                    run,
                    IntStream.range(0, 2 * PAIRS)
                            .mapToObj(i -> clients.subList(2 * i, 2 * i + 2))
                            .toList());
            steps.take(run, pairs.subList(0, PAIRS), pairs.subList(PAIRS, 2 * PAIRS));
            assertThat(run.violations().byLabel()).isEmpty();
        };
        Path report = reports.resolve(name + ".json");
        assertThat(ClusterLoad.play(name, url, report, settings, scenario, "--duration", "1"))
                .isZero();
    }

    private static void talk(ScenarioRun run, List<ConversationMembers> pairs, int messages)
            throws InterruptedException {
        long before = run.metrics().sum(Counter.ACKED);
        MessageWorkload workload =
                new MessageWorkload(run, MessageWorkloadOptions.openLoop(MESSAGES_PER_SECOND), pairs);
        workload.start();
        await(() -> run.metrics().sum(Counter.ACKED) - before >= messages);
        workload.stop();
    }

    private static void await(BooleanSupplier done) {
        Awaitility.await().atMost(PATIENCE).until(done::getAsBoolean);
    }

    /** What there is at one moment in the stores of a node that shares PostgreSQL, and on its ways. */
    private record Totals(
            long events,
            long tableBytes,
            long indexBytes,
            long logBytes,
            long snapshotBytes,
            long vaultBytes,
            long documentBytes,
            long clientBytes,
            long feedBytes,
            long nanos) {}

    private static final class Cluster implements AutoCloseable {
        final SharedEngines engines = SharedEngines.start();
        final ParleyServer node = engines.startNode();
        final TcpProxy clients = new TcpProxy(node.port());
        final JdbcClient jdbc = JdbcClient.create(engines.postgres().dataSource());
        final TcpProxy feed;
        /** A node without clients, which gets every event as all push nodes do. */
        final ParleyServer follower;

        Cluster() {
            String url = engines.postgres().url();
            int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
            feed = new TcpProxy(port);
            follower = engines.startNode(
                    "parley.roles=push,command",
                    "parley.transparency.enabled=false",
                    "spring.datasource.url=" + url.replace(":" + port + "/", ":" + feed.port() + "/"));
        }

        Totals totals() {
            long events = number("SELECT count(*) FROM events.domain_events");
            long head = number("SELECT max(global_index) FROM events.domain_events");
            await(() -> follower.bean(EventFeed.class).head() >= head);
            return new Totals(
                    events,
                    number("SELECT pg_table_size('events.domain_events')"),
                    number("SELECT pg_indexes_size('events.domain_events')"),
                    number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"),
                    number("SELECT pg_total_relation_size('events.snapshots')"),
                    number("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE c.relkind = 'r'"
                            + " AND c.relnamespace = 'vault'::regnamespace"),
                    documentBytes(),
                    clients.answered(),
                    feed.answered(),
                    System.nanoTime());
        }

        private long number(String sql) {
            return jdbc.sql(sql).query(Long.class).single();
        }

        private long documentBytes() {
            long bytes = 0;
            MongoDatabase database = node.bean(MongoDatabaseFactory.class).getMongoDatabase();
            for (String name : database.listCollectionNames()) {
                for (RawBsonDocument document :
                        database.getCollection(name, RawBsonDocument.class).find()) {
                    bytes += document.getByteBuffer().remaining();
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            follower.close();
            node.close();
            clients.close();
            feed.close();
            engines.close();
        }
    }

    @Test
    void inTheEventStoreTheReadSideAndOnTheNetwork() throws Exception {
        try (Cluster cluster = new Cluster()) {
            play("message-bytes", cluster.clients.port(), (run, warmUp, measured) -> {
                talk(run, warmUp, WARM_UP);
                Totals idle = cluster.totals();
                Awaitility.await().pollDelay(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> true);
                Totals before = cluster.totals();
                long delivered = run.metrics().deliveries();
                talk(run, measured, MESSAGES);
                Totals after = cluster.totals();
                double idleFeed = (double) (before.feedBytes - idle.feedBytes) / (before.nanos - idle.nanos);
                double messages = after.events - before.events;
                double tableBytes = (after.tableBytes - before.tableBytes) / messages;
                double indexBytes = (after.indexBytes - before.indexBytes) / messages;
                double clientBytes = (double) (after.clientBytes - before.clientBytes)
                        / (run.metrics().deliveries() - delivered);
                run.figure("eventBytes", tableBytes + indexBytes);
                run.figure("eventTableBytes", tableBytes);
                run.figure("eventIndexBytes", indexBytes);
                run.figure("logBytes", (after.logBytes - before.logBytes) / messages);
                run.figure("snapshotBytes", (after.snapshotBytes - before.snapshotBytes) / messages);
                run.figure("vaultBytes", (after.vaultBytes - before.vaultBytes) / messages);
                run.figure("documentBytes", (after.documentBytes - before.documentBytes) / messages);
                run.figure("clientBytes", clientBytes);
                run.figure("deliveryBytes", clientBytes + PACKET_BYTES);
                run.figure("sentEventBytes", feedOf(before, after, idleFeed));
                run.figure("idleFeedBytesPerSecond", idleFeed * 1e9);
                markRead(cluster, measured);
                Totals marked = cluster.totals();
                double marks = marked.events - after.events;
                // There are too few for the size of the table, which grows by many pages at once.
                double rowBytes =
                        cluster.number("SELECT sum(4 + pg_column_size(event.*)) FROM events.domain_events event"
                                        + " WHERE global_index > " + (after.events - 1))
                                / marks;
                run.figure("readMarkBytes", rowBytes + (marked.indexBytes - after.indexBytes) / marks);
                run.figure("sentReadMarkBytes", feedOf(after, marked, idleFeed));
                run.figure("readMarkLogBytes", (marked.logBytes - after.logBytes) / marks);
            });
        }
    }

    private static double feedOf(Totals before, Totals after, double idle) {
        return (after.feedBytes - before.feedBytes - idle * (after.nanos - before.nanos))
                / (after.events - before.events);
    }

    private static void markRead(Cluster cluster, List<ConversationMembers> pairs) {
        CommandGateway commands = cluster.node.bean(CommandGateway.class);
        for (int position = 2; position < READ_MARKS_OF_EACH + 2; position++) {
            for (ConversationMembers pair : pairs) {
                int read = position;
                pair.members()
                        .forEach(member -> commands.sendAndWait(new MoveReadMark(
                                new ReadMarkId(
                                        new ConversationId(pair.conversation()),
                                        new UserId(member.account().user())),
                                read)));
            }
        }
    }

    @Test
    void inTheSearchIndex() throws Exception {
        ParleyServer server = ParleyServer.sharedWithSearch();
        ElasticsearchClient elasticsearch = server.bean(ElasticsearchClient.class);
        play("index-bytes", server.port(), (run, warmUp, measured) -> {
            talk(run, measured, MESSAGES);
            await(() -> documents(elasticsearch) >= MESSAGES);
            elasticsearch
                    .indices()
                    .forcemerge(merge -> merge.index(MESSAGE_INDEXES).maxNumSegments(1L));
            elasticsearch.indices().flush(flush -> flush.index(MESSAGE_INDEXES));
            run.figure("indexBytes", storedBytes(elasticsearch) / (double) documents(elasticsearch));
        });
    }

    private static long documents(ElasticsearchClient elasticsearch) {
        try {
            elasticsearch.indices().refresh(refresh -> refresh.index(MESSAGE_INDEXES));
            return elasticsearch.count(count -> count.index(MESSAGE_INDEXES)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long storedBytes(ElasticsearchClient elasticsearch) throws IOException {
        return elasticsearch
                .indices()
                .stats(stats -> stats.index(MESSAGE_INDEXES))
                .all()
                .primaries()
                .store()
                .sizeInBytes();
    }
}
