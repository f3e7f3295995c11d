package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.inbox.InboxWriter;
import chat.parley.projections.store.ReadModelStore;
import chat.parley.testing.FakeTextProtection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.bson.Document;

class RepeatedEventsChangeNothingTest {
    private static final List<Integer> NUMBERS = IntStream.range(0, 300)
            .map(i -> i * 7919 % ReadModelMatchesEventsTest.MAX_NUMBER)
            .boxed()
            .toList();

    @Property(tries = 30)
    void afterARestartAtAnyEvent(
            @ForAll @Size(min = 1, max = 150)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers,
            @ForAll @Size(max = 20) List<@IntRange(min = -60, max = 60) Integer> steps) {
        EventHistoryFixture history = new EventHistoryFixture();
        new RandomHistory(history::add).play(numbers);
        List<RecordedEvent> all = history.events();
        ReadModelHolder once = new ReadModelHolder();
        once.write(all);

        ReadModelHolder again = new ReadModelHolder();
        int reached = 0;
        for (int step : steps) {
            // A step back is a restart from an older token: the following events are repeated in other batches.
            int from = Math.max(0, Math.min(reached, reached + step));
            int to = Math.min(all.size(), Math.max(reached, from + Math.abs(step)));
            again.write(all.subList(from, to));
            reached = to;
        }
        again.write(all.subList(reached, all.size()));
        again.write(all);

        assertThat(GenerationContents.of(again.store)).isEqualTo(GenerationContents.of(once.store));
    }

    @Property(tries = 20)
    void afterAnInterruptionAtAnyWrite(
            @ForAll @Size(min = 1, max = 120)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 50) int batchSize,
            @ForAll @IntRange(max = 1) int survivingWrites) {
        EventHistoryFixture history = new EventHistoryFixture();
        new RandomHistory(history::add).play(numbers);
        List<RecordedEvent> all = history.events();
        ReadModelHolder once = new ReadModelHolder();
        once.write(all);

        ReadModelHolder cut = new ReadModelHolder();
        AtomicInteger writes = new AtomicInteger();
        InboxWriter dying = new InboxWriter(
                new ReadModelStore(
                        FailingStores.database(cut.database, () -> writes.incrementAndGet() > survivingWrites), "g1"),
                (conversation, head) -> {});
        for (int from = 0; from < all.size(); from += batchSize) {
            // The lost events are repeated in a batch of another size.
            writes.set(0);
            List<RecordedEvent> lost = all.subList(from, Math.min(all.size(), from + 2 * batchSize));
            boolean written = isWritten(dying, lost);
            assertThat(written).isEqualTo(writes.get() <= survivingWrites);
            cut.write(all.subList(from, Math.min(all.size(), from + batchSize)));
        }

        assertThat(GenerationContents.of(cut.store)).isEqualTo(GenerationContents.of(once.store));
    }

    private static boolean isWritten(InboxWriter dying, List<RecordedEvent> events) {
        try {
            dying.write(events);
            return true;
        } catch (FailingStores.Crash e) {
            return false;
        }
    }

    @Example
    void afterACrashBetweenTheDocumentsAndTheToken() {
        AtomicInteger tokens = new AtomicInteger();
        ReadSide.Data data = new ReadSide.Data();
        new RandomHistory(data::publish).play(NUMBERS);
        try (ReadSide side = new ReadSide(
                data,
                store -> FailingStores.tokens(store, () -> tokens.incrementAndGet() % 2 == 1 && tokens.get() < 6),
                FakeTextProtection.legible(),
                ReadModelHolder.PROPERTIES)) {
            side.caughtUp();
            assertThat(GenerationContents.of(side.generations.served().store())).isEqualTo(expected(data));
        }
        assertThat(tokens.get()).isGreaterThan(1);
    }

    @Example
    void afterARestartFromAnOlderToken() {
        ReadSide.Data data = new ReadSide.Data();
        RandomHistory script = new RandomHistory(data::publish);
        script.play(NUMBERS.subList(0, 100));
        try (ReadSide side =
                new ReadSide(data, store -> store, FakeTextProtection.legible(), ReadModelHolder.PROPERTIES)) {
            side.caughtUp();
        }
        for (int segment : data.tokens.fetchSegments("inbox@g1")) {
            data.tokens.fetchToken("inbox@g1", segment);
            data.tokens.storeToken(new GlobalSequenceTrackingToken(20), "inbox@g1", segment);
            data.tokens.releaseClaim("inbox@g1", segment);
        }
        script.play(NUMBERS.subList(100, NUMBERS.size()));
        try (ReadSide side =
                new ReadSide(data, store -> store, FakeTextProtection.legible(), ReadModelHolder.PROPERTIES)) {
            side.caughtUp();
            assertThat(GenerationContents.of(side.generations.served().store())).isEqualTo(expected(data));
        }
    }

    private static Map<String, Map<String, Document>> expected(ReadSide.Data data) {
        ReadModelHolder once = new ReadModelHolder();
        once.write(data.history.events());
        return GenerationContents.of(once.store);
    }
}
