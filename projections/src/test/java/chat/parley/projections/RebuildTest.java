package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.TextProtection;
import chat.parley.projections.generation.GenerationPointer;
import chat.parley.projections.generation.ReadModelRebuild.Progress;
import chat.parley.projections.generation.ReadModelRebuild.State;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final Instant AT = Instant.ofEpochMilli(1_000);

    private final ReadSide.Data data = new ReadSide.Data();

    private ReadSide start() {
        return new ReadSide(data, UnaryOperator.identity(), new PlainText(), ReadModelHolder.PROPERTIES);
    }

    private void registerEverybody() {
        PlainText text = new PlainText();
        for (UserId user : Script.USERS) {
            SealedText name = text.seal(user, "Name" + user, TextProtection.usernameContext(user));
            data.publish(new AccountRegistered(user, new UsernameClaimId("c" + user), name, name, AT));
        }
        data.publish(new UserBlocked(Script.USERS.getFirst(), Script.USERS.getLast(), AT));
    }

    @Test
    void underWritesSwitchesToAnEqualModel() {
        registerEverybody();
        Script script = new Script(data::publish);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            script.play(random.nextInt(WhatHappenedIsWhatIsShownTest.MAX_NUMBER));
        }
        try (ReadSide side = start()) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 2_000; i++) {
                    script.play(random.nextInt(WhatHappenedIsWhatIsShownTest.MAX_NUMBER));
                }
            });
            assertThat(side.rebuild.progress().state()).isEqualTo(State.NONE);
            assertThat(side.rebuild.begin().next()).isEqualTo("g2");
            assertThat(side.rebuild.begin().next()).isEqualTo("g2");
            writer.join();
            Progress done = awaitEnd(side);
            assertThat(done.state()).isEqualTo(State.DONE);
            assertThat(done.active()).isEqualTo("g2");
            assertThat(done.filled()).isNotNull();

            Map<String, Map<String, Document>> rebuilt = Snapshot.of(side.caughtUp());
            assertThat(rebuilt).isEqualTo(expected());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ReadModelStore.generationsIn(data.database))
                            .containsExactly("g2"));
            assertThat(data.tokens.fetchSegments("inbox@g1")).isEmpty();
            data.publish(Script.message(Script.SINCE, Script.USERS.getFirst(), "last", "last", 100_000, List.of()));
            assertThat(side.ask(new FindMemberships(Script.USERS.getFirst(), data.head()), Memberships.class)
                            .join()
                            .index())
                    .isEqualTo(data.head());
        }
    }

    @Test
    void givesUpAModelThatDoesNotEqualTheServedOne() {
        new Script(data::publish);
        try (ReadSide side = start()) {
            ReadModelStore served = side.caughtUp();
            served.conversations()
                    .insertOne(new Document("_id", "invented").append("h", 5L).append("o", 0L));
            side.rebuild.begin();
            Progress failed = awaitEnd(side);
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.active()).isEqualTo("g1");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ReadModelStore.generationsIn(data.database))
                            .containsExactly("g1"));

            served.conversations().deleteOne(Filters.eq("_id", "invented"));
            assertThat(side.rebuild.begin().next()).isEqualTo("g3");
            assertThat(awaitEnd(side).active()).isEqualTo("g3");
        }
    }

    @Test
    void goesOnAfterARestart() {
        new Script(data::publish);
        try (ReadSide side = start()) {
            side.caughtUp();
        }
        GenerationPointer pointer = new GenerationPointer(data.database);
        assertThat(pointer.begin(pointer.read())).isTrue();
        try (ReadSide side = start()) {
            Progress done = awaitEnd(side);
            assertThat(done.active()).isEqualTo("g2");
            assertThat(Snapshot.of(side.caughtUp())).isEqualTo(expected());
        }
    }

    private static Progress awaitEnd(ReadSide side) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(side.rebuild::progress, progress -> progress.state() != State.FILLING);
    }

    private Map<String, Map<String, Document>> expected() {
        ReadModelHolder once = new ReadModelHolder();
        once.write(data.history.events());
        return Snapshot.of(once.store);
    }
}
