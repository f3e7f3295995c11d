package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.ProfileChanged;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.account.UsernameClaimed;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.FindReadModelState;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.projections.processing.ProjectionLag;
import chat.parley.projections.processing.ReadSideProperties;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryNodeMessages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingForTheReadSideTest {
    private static final UserId ANN = RandomHistory.USERS.getFirst();
    private static final Instant AT = Instant.ofEpochMilli(1_000);

    private final ReadSide side = new ReadSide();

    @AfterEach
    void stop() {
        side.close();
    }

    @Test
    void returnsAtOnceWithoutNewEvents() {
        assertThat(memberships(-1).join()).isEqualTo(new Memberships(-1, List.of()));
    }

    @Test
    void endsWhenAConversationIsReadable() {
        new RandomHistory(side.data::publish);
        long head = side.data.head();
        Memberships memberships = memberships(head).join();
        assertThat(memberships.index()).isGreaterThanOrEqualTo(head);
        assertThat(memberships.memberships()).hasSize(3);
    }

    @Test
    void endsSoonIfOnlyTheOtherProcessorHasEvents() {
        side.caughtUp();
        register(ANN);
        for (int i = 0; i < 500; i++) {
            side.data.publish(new ProfileChanged(ANN, new SealedText("k", "n", "name " + i), AT));
        }
        assertThat(memberships(side.data.head()).join().index()).isEqualTo(side.data.head());
    }

    @Test
    void endsIfNoProcessorHasEvents() {
        UsernameClaimed claimed = new UsernameClaimed(new UsernameClaimId("claim"), ANN, AT);
        side.data.events.publish(new GenericDomainEventMessage<>("UsernameClaim", "claim", 0, claimed));
        assertThat(memberships(0).join().index()).isZero();
    }

    @Test
    void isRefusedWhenItTakesTooLong() {
        try (ReadSide impatient = new ReadSide(
                new ReadSide.Data(),
                UnaryOperator.identity(),
                FakeTextProtection.legible(),
                new ReadSideProperties(
                        3,
                        10,
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ZERO))) {
            Throwable thrown = impatient
                    .ask(new FindReadModelState(7), FindReadModelState.State.class)
                    .handle((state, failure) -> failure)
                    .join();
            assertThat(Refused.in(thrown)).contains(Refusal.RETRY_LATER);
        }
    }

    @Test
    void endsTheLingerOfAProcessor() {
        ReadSide.Data data = new ReadSide.Data();
        try (ReadSide lingering = new ReadSide(
                data,
                UnaryOperator.identity(),
                FakeTextProtection.legible(),
                new ReadSideProperties(
                        2,
                        10,
                        Duration.ofDays(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        Duration.ZERO))) {
            for (int i = 1; i <= 5; i++) {
                data.publish(RandomHistory.message(
                        RandomHistory.SINCE, RandomHistory.USERS.getFirst(), "m" + i, "hello", 1, List.of()));
                FindMemberships question = new FindMemberships(RandomHistory.USERS.getFirst(), data.head());
                assertThat(lingering.ask(question, Memberships.class).join().index())
                        .isEqualTo(data.head());
            }
        }
    }

    @Test
    void endsTheLingerOfAProcessorOnAnotherNode() {
        ReadSide.Data data = new ReadSide.Data();
        InMemoryNodeMessages nodes = new InMemoryNodeMessages();
        ReadSideProperties lingering = new ReadSideProperties(
                2,
                10,
                Duration.ofDays(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ZERO);
        try (ReadSide holder = node(data, SegmentOwners.alone("holder"), lingering, nodes)) {
            new RandomHistory(data::publish);
            holder.caughtUp();
            try (ReadSide other = node(data, new NoSegments(), lingering, nodes)) {
                assertThatAnswersHaveTheNewest(data, other);
            }
            try (ReadSide reader = node(data, new NoSegments(), lingering, nodes, false)) {
                assertThatAnswersHaveTheNewest(data, reader);
            }
        }
    }

    private static void assertThatAnswersHaveTheNewest(ReadSide.Data data, ReadSide node) {
        for (int i = 1; i <= 5; i++) {
            long position = data.publish(RandomHistory.message(
                    RandomHistory.SINCE, RandomHistory.USERS.getFirst(), "m" + i, "hello", 1, List.of()));
            FindMemberships question = new FindMemberships(RandomHistory.USERS.getFirst(), position);
            assertThat(node.ask(question, Memberships.class).join().index()).isEqualTo(position);
        }
    }

    private record NoSegments() implements SegmentOwners {
        @Override
        public String self() {
            return "other";
        }

        @Override
        public Set<String> others() {
            return Set.of("holder");
        }

        @Override
        public boolean isOurs(String processor, int segment, int[] all) {
            return false;
        }
    }

    private static ReadSide node(
            ReadSide.Data data, SegmentOwners owners, ReadSideProperties properties, InMemoryNodeMessages nodes) {
        return node(data, owners, properties, nodes, true);
    }

    private static ReadSide node(
            ReadSide.Data data,
            SegmentOwners owners,
            ReadSideProperties properties,
            InMemoryNodeMessages nodes,
            boolean processing) {
        return new ReadSide(
                data,
                _ -> data.tokens(owners),
                FakeTextProtection.legible(),
                properties,
                UnaryOperator.identity(),
                nodes.node(),
                processing);
    }

    @Test
    void forAPositionEndsWhenItsEntryIsReadable() {
        new RandomHistory(side.data::publish);
        side.caughtUp();
        CompletableFuture<Entries> entries =
                side.ask(new FindEntries(ANN, RandomHistory.SINCE, null, null, null, 10, 2L), Entries.class);
        MessageSent sent = RandomHistory.message(RandomHistory.SINCE, ANN, "m1", "hello", 1, List.of());
        long index = side.data.publish(sent);
        assertThat(entries.join().entries()).last().isEqualTo(RecordedEntry.of(2, index, sent));
    }

    @Test
    void forAMissingPositionEndsWithoutIt() {
        new RandomHistory(side.data::publish);
        side.caughtUp();
        Entries entries = side.ask(new FindEntries(ANN, RandomHistory.SINCE, null, null, null, 10, 2L), Entries.class)
                .join();
        assertThat(entries.entries()).hasSize(1);
    }

    @Test
    void forAMissingConversationIsRefused() {
        Throwable thrown = side.ask(new FindEntries(ANN, RandomHistory.SINCE, null, null, null, 10, 1L), Entries.class)
                .handle((entries, failure) -> failure)
                .join();
        assertThat(Refused.in(thrown)).contains(Refusal.CONVERSATION_NOT_FOUND);
    }

    @Test
    void includesRecentEventsBeforeARefusal() {
        side.caughtUp();
        new RandomHistory(side.data::publish);
        FindEntries question = new FindEntries(ANN, RandomHistory.SINCE, null, null, null, 10, null);
        assertThat(side.ask(question, Entries.class).join().entries()).hasSize(1);
    }

    @Test
    void isMeasuredAsLag() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new ProjectionLag(side.generations, side.head).bindTo(meters);
        new RandomHistory(side.data::publish);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(meters.get("parley.projection.lag")
                                .tag("processor", "accounts")
                                .gauge()
                                .value())
                        .isZero());
        side.close();
        assertThat(meters.get("parley.projection.lag")
                        .tag("processor", "inbox")
                        .gauge()
                        .value())
                .isNaN();
    }

    private void register(UserId user) {
        SealedText name = side.text.seal(user, "ann", TextProtection.usernameContext(user));
        side.data.publish(new AccountRegistered(user, new UsernameClaimId("claim"), name, name, AT));
    }

    private CompletableFuture<Memberships> memberships(long atLeastIndex) {
        return side.ask(new FindMemberships(ANN, atLeastIndex), Memberships.class);
    }
}
