package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.generation.GenerationVerifier.Verdict;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.eventprocessing.generation.RebuildStatus;
import chat.parley.projections.store.ReadModelStore;
import chat.parley.testing.FakeTextProtection;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final Instant AT = Instant.ofEpochMilli(1_000);

    private final ReadSide.Data data = new ReadSide.Data();

    private ReadSide start() {
        return new ReadSide(data);
    }

    private void registerEverybody() {
        FakeTextProtection text = FakeTextProtection.legible();
        for (UserId user : RandomHistory.USERS) {
            SealedText name = text.seal(user, "Name" + user, TextProtection.usernameContext(user));
            data.publish(new AccountRegistered(user, new UsernameClaimId("c" + user), name, name, AT));
        }
        data.publish(new UserBlocked(RandomHistory.USERS.getFirst(), RandomHistory.USERS.getLast(), AT));
    }

    @Test
    void aNewEpochBuildsTheModelAgainAndEndsTheNodesOfTheFormerOne() {
        registerEverybody();
        new RandomHistory(data::publish).play(1);
        Map<String, Map<String, Document>> before;
        try (ReadSide former = start()) {
            before = GenerationContents.of(former.caughtUp());
            data.epoch = new Epoch("second");
            for (String active : List.of("g2", "g2")) {
                try (ReadSide next = start()) {
                    assertThat(GenerationContents.of(next.caughtUp())).isEqualTo(before);
                    assertThat(next.generations.status().active()).isEqualTo(active);
                }
            }
            Awaitility.await().until(() -> former.generations.findServed().isEmpty());
        }
    }

    @Test
    void underWritesSwitchesToAnEqualModel() {
        registerEverybody();
        RandomHistory script = new RandomHistory(data::publish);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            script.play(random.nextInt(ReadModelMatchesEventsTest.MAX_NUMBER));
        }
        try (ReadSide side = start()) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 2_000; i++) {
                    script.play(random.nextInt(ReadModelMatchesEventsTest.MAX_NUMBER));
                }
            });
            assertThat(side.generations.status().state()).isEqualTo(RebuildState.NONE);
            assertThat(side.generations.begin()).isTrue();
            assertThat(side.generations.begin()).isFalse();
            assertThat(side.generations.status().next()).isEqualTo("g2");
            writer.join();
            RebuildStatus done = awaitEnd(side);
            assertThat(done.state()).isEqualTo(RebuildState.DONE);
            assertThat(done.active()).isEqualTo("g2");
            assertThat(done.filled()).isNotEmpty();

            Map<String, Map<String, Document>> rebuilt = GenerationContents.of(side.caughtUp());
            assertThat(rebuilt).isEqualTo(expected());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ReadModelStore.generationsIn(data.database))
                            .containsExactly("g2"));
            assertThat(data.tokens.fetchSegments("inbox@g1")).isEmpty();
            data.publish(RandomHistory.message(
                    RandomHistory.SINCE, RandomHistory.USERS.getFirst(), "last", "last", 100_000, List.of()));
            assertThat(side.ask(new FindMemberships(RandomHistory.USERS.getFirst(), data.head()), Memberships.class)
                            .join()
                            .index())
                    .isEqualTo(data.head());
        }
    }

    @Test
    void givesUpAModelThatDoesNotEqualTheServedOne() {
        new RandomHistory(data::publish);
        try (ReadSide side = start()) {
            ReadModelStore served = side.caughtUp();
            served.conversations()
                    .insertOne(new Document("_id", "invented").append("h", 5L).append("o", 0L));
            side.generations.begin();
            RebuildStatus failed = awaitEnd(side);
            assertThat(failed.state()).isEqualTo(RebuildState.FAILED);
            assertThat(failed.active()).isEqualTo("g1");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ReadModelStore.generationsIn(data.database))
                            .containsExactly("g1"));

            served.conversations().deleteOne(Filters.eq("_id", "invented"));
            side.generations.begin();
            assertThat(awaitEnd(side).active()).isEqualTo("g3");
        }
    }

    @Test
    void mayBeOrderedByANodeThatFillsNothing() {
        new RandomHistory(data::publish);
        try (ReadSide side = start();
                ReadSide reader = new ReadSide(
                        data,
                        UnaryOperator.identity(),
                        FakeTextProtection.legible(),
                        ReadModelHolder.PROPERTIES,
                        UnaryOperator.identity(),
                        null,
                        false)) {
            side.caughtUp();
            assertThat(reader.generations.begin()).isTrue();
            assertThat(awaitEnd(reader).active()).isEqualTo("g2");
            Awaitility.await().until(() -> reader.generations.served().name().equals("g2"));
            assertThat(reader.ask(new FindMemberships(RandomHistory.USERS.getFirst(), data.head()), Memberships.class)
                            .join()
                            .index())
                    .isEqualTo(data.head());
        }
    }

    @Test
    void continuesAfterARestart() {
        new RandomHistory(data::publish);
        try (ReadSide side = start()) {
            side.caughtUp();
        }
        beginOnAnotherNode();
        try (ReadSide side = start()) {
            RebuildStatus done = awaitEnd(side);
            assertThat(done.active()).isEqualTo("g2");
            assertThat(GenerationContents.of(side.caughtUp())).isEqualTo(expected());
        }
    }

    @Test
    void keepsItsOutcomeAfterARestartAndDoesNotRunAgain() {
        new RandomHistory(data::publish);
        RebuildStatus failed;
        try (ReadSide side = start()) {
            side.caughtUp()
                    .conversations()
                    .insertOne(new Document("_id", "invented").append("h", 5L).append("o", 0L));
            side.generations.begin();
            failed = awaitEnd(side);
            assertThat(failed.state()).isEqualTo(RebuildState.FAILED);
        }
        try (ReadSide side = start()) {
            side.caughtUp();
            assertThat(side.generations.status()).isEqualTo(failed);
            assertThat(failed.served()).isNotEqualTo(failed.filled());
        }
    }

    @Test
    void isNotDoneIfAnotherNodeGaveItUpMeanwhile() {
        new RandomHistory(data::publish);
        CompletableFuture<Void> givenUp = new CompletableFuture<>();
        try (ReadSide side = new ReadSide(
                data,
                UnaryOperator.identity(),
                FakeTextProtection.legible(),
                ReadModelHolder.PROPERTIES,
                verifier -> (served, filled, catchUp) -> {
                    Optional<Verdict> verdict = verifier.verify(served, filled, catchUp);
                    changePointer(new Document("$unset", new Document("next", "")));
                    givenUp.complete(null);
                    return verdict;
                })) {
            side.generations.begin();
            givenUp.orTimeout(20, TimeUnit.SECONDS).join();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ReadModelStore.generationsIn(data.database))
                            .containsExactly("g1"));
            assertThat(side.generations.status().state()).isEqualTo(RebuildState.NONE);
            assertThat(side.generations.served().name()).isEqualTo("g1");
            data.publish(RandomHistory.message(
                    RandomHistory.SINCE, RandomHistory.USERS.getFirst(), "last", "last", 100_000, List.of()));
            assertThat(side.caughtUp().generation()).isEqualTo("g1");
        }
    }

    @Test
    void isServedHereOnceAnotherNodeHasSwitched() {
        new RandomHistory(data::publish);
        try (ReadSide side = new ReadSide(
                data,
                UnaryOperator.identity(),
                FakeTextProtection.legible(),
                ReadModelHolder.PROPERTIES,
                verifier -> (served, filled, catchUp) -> Optional.empty())) {
            side.generations.begin();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> side.generations.status().position() == data.head());
            changePointer(new Document(
                            "$set",
                            new Document("active", 2).append("previous", 1).append("switchedAt", 1L))
                    .append("$unset", new Document("next", "")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> "g2".equals(side.generations.served().name()));
            assertThat(GenerationContents.of(side.caughtUp())).isEqualTo(expected());
        }
    }

    @Test
    void neverAnswersLessAfterTheSwitchThanBefore() {
        new RandomHistory(data::publish);
        Gate gate = new Gate();
        try (ReadSide side = new ReadSide(
                data,
                tokens -> FailingStores.tokens(tokens, gate::isClosedFor),
                FakeTextProtection.legible(),
                ReadModelHolder.PROPERTIES,
                verifier -> (served, filled, catchUp) -> {
                    Optional<Verdict> verdict = verifier.verify(served, filled, catchUp);
                    if (gate.close(filled.name())) {
                        // Another event is stored after the comparison. The filled generation cannot include it yet.
                        data.publish(RandomHistory.message(
                                RandomHistory.SINCE,
                                RandomHistory.USERS.getFirst(),
                                "late",
                                "late",
                                100_000,
                                List.of()));
                        assertThat(catchUp.toHead(served)).isTrue();
                        gate.seen(served.position());
                    }
                    return verdict;
                })) {
            side.generations.begin();
            long answered = gate.seen();
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> side.generations.served().position() >= answered);
            gate.open();
            assertThat(awaitEnd(side).active()).isEqualTo("g2");
            assertThat(side.generations.served().position()).isGreaterThanOrEqualTo(answered);
        }
    }

    /** Prevents the processors of one generation from storing tokens, and so from advancing. */
    private static final class Gate {
        private final CompletableFuture<Long> seen = new CompletableFuture<>();
        private volatile @Nullable String closedFor;
        private boolean wasClosed;

        synchronized boolean close(String generation) {
            boolean first = !wasClosed;
            wasClosed = true;
            if (first) {
                closedFor = generation;
            }
            return first;
        }

        void open() {
            closedFor = null;
        }

        boolean isClosedFor(String processor) {
            String generation = closedFor;
            return generation != null && processor.endsWith("@" + generation);
        }

        void seen(long position) {
            seen.complete(position);
        }

        long seen() {
            return seen.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    /** The document as an earlier version stored it. */
    private void beginOnAnotherNode() {
        changePointer(new Document("$set", new Document("next", 2).append("last", 2)));
    }

    private void changePointer(Document update) {
        data.database.getCollection("generations").updateOne(new Document("_id", "read-model"), update);
    }

    private static RebuildStatus awaitEnd(ReadSide side) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(side.generations::status, progress -> progress.state() != RebuildState.FILLING);
    }

    private Map<String, Map<String, Document>> expected() {
        ReadModelHolder once = new ReadModelHolder();
        once.write(data.history.events());
        return GenerationContents.of(once.store);
    }
}
