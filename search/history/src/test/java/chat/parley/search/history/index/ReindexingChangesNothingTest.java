package chat.parley.search.history.index;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexDefinition;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.IndexNode.Data;
import co.elastic.clients.elasticsearch.core.search.Hit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repeated events and stopped nodes lead to the same documents as a single pass. */
class ReindexingChangesNothingTest {
    private static final int CHANGES = 80;
    private static final List<ConversationId> TALKS = List.of(new ConversationId("one"), new ConversationId("two"));

    private final SearchEngine engine =
            new SearchEngine(RealElasticsearch.shared().client());
    private final Data data = Data.fresh();
    private final RecordedConversation talk = data.talk();
    private final Indexes indexes = new Indexes(engine, data.family(), IndexDefinition.current());
    private final DeadLetters letters =
            new DeadLetters(data.vault(), Clock.systemUTC(), Duration.ofSeconds(1), Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void producesTheDocumentsOfOnePass(long seed) {
        Random random = new Random(seed);
        Set<String> retracted = new TreeSet<>();
        for (ConversationId conversation : TALKS) {
            script(conversation, random, retracted);
        }
        Generation once = created(1);
        Generation again = created(2);
        MessageIndexer clean = indexer(once, talk.protection());
        MessageIndexer stopping = indexer(again, new StoppingNow(talk.protection(), random));
        for (ConversationId conversation : TALKS) {
            List<MessageEvent> changes = talk.changes(conversation);
            clean.write(changes);
            play(stopping, changes, random);
        }
        assertThat(documents(again.messages())).isEqualTo(documents(once.messages()));
        assertThat(documents(again.past())).isEqualTo(documents(once.past()));
        assertThat(tombstones(once)).isEqualTo(retracted);
    }

    /** Sometimes changes a retracted message, as older stores do. */
    private void script(ConversationId conversation, Random random, Set<String> retracted) {
        List<Long> standing = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            int what = random.nextInt(5);
            if (what < 2 || standing.isEmpty()) {
                standing.add(talk.say(
                        conversation,
                        random.nextBoolean() ? RecordedConversation.ANN : RecordedConversation.BOB,
                        "text " + i));
            } else if (what < 4) {
                talk.edit(conversation, standing.get(random.nextInt(standing.size())), "edited " + i);
            } else {
                long target = standing.get(random.nextInt(standing.size()));
                talk.retract(conversation, target);
                retracted.add(conversation + ":" + target);
            }
        }
    }

    /** Runs batch by batch; repeats interrupted batches, and sometimes older ones. */
    private static void play(MessageIndexer indexer, List<MessageEvent> changes, Random random) {
        int token = 0;
        while (token < changes.size()) {
            int from = random.nextInt(4) == 0 ? random.nextInt(token + 1) : token;
            int to = Math.min(changes.size(), from + 1 + random.nextInt(40));
            if (wrote(indexer, changes.subList(from, to)) && from == token) {
                token = to;
            }
        }
    }

    private static boolean wrote(MessageIndexer indexer, List<MessageEvent> batch) {
        try {
            indexer.write(batch);
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    private MessageIndexer indexer(Generation generation, TextProtection protection) {
        return new MessageIndexer(
                generation,
                engine,
                new BulkWriter(engine, new IndexMeters(new SimpleMeterRegistry())),
                letters,
                new Documents(talk, protection));
    }

    private Generation created(int number) {
        Generation generation = indexes.generation(number);
        indexes.create(generation);
        return generation;
    }

    private Map<String, Object> documents(String index) {
        Map<String, Object> documents = new TreeMap<>();
        hits(index).forEach(hit -> documents.put(hit.id() + " v" + hit.version(), hit.source()));
        return documents;
    }

    private Set<String> tombstones(Generation generation) {
        return hits(generation.messages()).stream()
                .filter(hit -> Objects.requireNonNull(hit.source()).retracted())
                .map(Hit::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Hit<MessageDocument>> hits(String index) {
        engine.attempt(client -> client.indices().refresh(refresh -> refresh.index(index)));
        return engine.attempt(client ->
                        client.search(search -> search.index(index).size(10_000).version(true), MessageDocument.class))
                .hits()
                .hits();
    }

    private static final class Stopped extends RuntimeException {}

    /** Stops the node while it reads a text: before, between or after its writes. */
    private record StoppingNow(TextProtection protection, Random random) implements TextProtection {
        @Override
        public SealedText seal(UserId author, String text, TextContext context) {
            return protection.seal(author, text, context);
        }

        @Override
        public Optional<String> reveal(SealedText sealed, TextContext context) {
            if (random.nextInt(40) == 0) {
                throw new Stopped();
            }
            return protection.reveal(sealed, context);
        }

        @Override
        public Optional<UserId> author(SealedText sealed) {
            return protection.author(sealed);
        }
    }
}
