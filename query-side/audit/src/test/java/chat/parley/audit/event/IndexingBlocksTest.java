package chat.parley.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.StoredEvents;
import chat.parley.audit.follow.FollowedEvents;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A filter reads the blocks that name what it asks for, and finds what it would find in all of them. */
class IndexingBlocksTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final EventFilter RARE = filter("rare", null);

    private final Database database = TestPostgres.database();
    private final EventBlocks blocks = new EventBlocks(database.dataSource());
    private final StoredEvents events = new StoredEvents();
    private final JsonMapper json = JsonMapper.shared();
    private BlockIndexer indexer = new BlockIndexer(new FollowedEvents(events), blocks, new EventNames(json));

    @AfterEach
    void close() {
        indexer.stop();
        database.close();
    }

    private void start() {
        indexer = new BlockIndexer(new FollowedEvents(events), blocks, new EventNames(json));
        indexer.start();
    }

    private void awaitBlocks(long count) {
        await().atMost(LONG)
                .until(() -> blocks.newest().map(block -> block.number() + 1).orElse(0L) == count);
    }

    private static EventFilter filter(@Nullable String conversation, @Nullable String user, String... types) {
        return new EventFilter(
                conversation == null ? null : new ConversationId(conversation),
                user == null ? null : new UserId(user),
                Set.of(types),
                null,
                null);
    }

    private void say(String conversation, String by) {
        events.append(
                conversation,
                events.head() + 1,
                "{\"conversation\":\"%s\",\"by\":\"%s\",\"text\":{\"keyId\":\"k\"}}".formatted(conversation, by));
    }

    private void sayMany(int count) {
        for (int i = 0; i < count; i++) {
            say("club", "bob");
        }
    }

    private static List<Long> found(EventSelector selector, EventRange range, EventFilter filter) throws IOException {
        List<Long> indexes = new ArrayList<>();
        selector.forEach(range, filter, event -> indexes.add(event.index()));
        return indexes;
    }

    private List<Long> found(EventFilter filter) throws IOException {
        return found(new EventSelector(events, blocks, json), new EventRange(-1, events.head()), filter);
    }

    @Test
    void aRareConversationIsReadInItsBlocksOnly() throws Exception {
        sayMany(1_000);
        say("rare", "ann");
        sayMany(2_000);
        start();
        awaitBlocks(11);
        EventRange all = new EventRange(-1, events.head());
        assertThat(blocks.candidates(all, RARE, Set.of()))
                .containsExactly(new EventRange(767, 1_023), new EventRange(2_815, 3_000));
        assertThat(found(RARE)).containsExactly(1_000L);
        assertThat(blocks.candidates(all, filter("rare", "bob"), Set.of()))
                .containsExactlyElementsOf(blocks.candidates(all, RARE, Set.of()));
        assertThat(blocks.candidates(all, filter(null, "k"), Set.of())).containsExactly(new EventRange(2_815, 3_000));
        assertThat(blocks.candidates(all, filter("club", null), Set.of())).containsExactly(all);
        assertThat(blocks.candidates(all, filter(null, null), Set.of())).containsExactly(all);
    }

    @Test
    void eachFilterFindsWhatAScanFinds() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            say("c" + random.nextInt(1 + i / 10), "u" + random.nextInt(1 + i / 100));
        }
        start();
        awaitBlocks(11);
        EventSelector narrowed = new EventSelector(events, blocks, json);
        for (int i = 0; i < 300; i++) {
            String conversation = random.nextBoolean() ? "c" + random.nextInt(310) : null;
            String user = conversation == null || random.nextBoolean() ? "u" + random.nextInt(32) : null;
            String[] types = random.nextBoolean()
                    ? new String[0]
                    : new String[] {"MemberJoined", random.nextBoolean() ? "MessageSent" : "MemberLeft"};
            long after = random.nextInt(3_000) - 1L;
            EventRange range = new EventRange(after, Math.min(events.head(), after + random.nextInt(2_000)));
            EventFilter filter = filter(conversation, user, types);
            assertThat(found(narrowed, range, filter))
                    .as("%s %s", range, filter)
                    .isEqualTo(found(events.selector(), range, filter));
        }
    }

    @Test
    void eventsOfTheUnfinishedBlockAreFoundAtOnce() throws Exception {
        sayMany(300);
        start();
        awaitBlocks(1);
        indexer.stop();
        sayMany(600);
        say("rare", "ann");
        assertThat(found(RARE)).containsExactly(900L);
    }

    @Test
    void aRestartContinuesAfterTheNewestBlock() throws Exception {
        sayMany(600);
        start();
        awaitBlocks(2);
        indexer.stop();
        say("rare", "ann");
        sayMany(500);
        start();
        awaitBlocks(4);
        assertThat(found(RARE)).containsExactly(600L);
    }

    @Test
    void anotherEventStoreIsIndexedAnew() throws Exception {
        sayMany(600);
        start();
        awaitBlocks(2);
        indexer.stop();
        events.truncate(0);
        for (int i = 0; i < 600; i++) {
            RawEvent event = StoredEvents.entry(i, "rare", i, "{\"conversation\":\"rare\"}");
            events.append(new RawEvent(
                    event.index(),
                    "restored-" + i,
                    event.aggregateType(),
                    event.aggregate(),
                    event.sequence(),
                    event.atMillis(),
                    event.type(),
                    event.revision(),
                    event.payload(),
                    event.metadata()));
        }
        start();
        await().atMost(LONG)
                .until(() -> blocks.newest()
                        .filter(block -> block.lastEvent().equals("restored-511"))
                        .isPresent());
        assertThat(found(RARE)).hasSize(600);
    }

    @Test
    void anEventStoreThatWasTruncatedIsIndexedAnew() {
        sayMany(600);
        start();
        awaitBlocks(2);
        indexer.stop();
        events.truncate(300);
        start();
        awaitBlocks(1);
    }

    @Test
    void aFailureOfTheEventStoreIsOvercome() {
        sayMany(300);
        events.fail(true);
        start();
        await().atMost(LONG).until(events::hasFailed);
        events.fail(false);
        awaitBlocks(1);
    }
}
