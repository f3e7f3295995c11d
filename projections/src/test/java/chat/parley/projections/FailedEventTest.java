package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.eventprocessing.batch.EventProcessingFailure;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.testing.FakeTextProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

class FailedEventTest {
    private static final UserId ANN = RandomHistory.USERS.getFirst();

    @Test
    void isRetriedUntilItSucceeds() {
        ReadSide.Data data = new ReadSide.Data();
        AtomicInteger failures = new AtomicInteger();
        new RandomHistory(data::publish);
        try (ReadSide side = new ReadSide(
                data,
                store -> FailingStores.tokens(store, () -> failures.getAndIncrement() < 2),
                FakeTextProtection.legible(),
                ReadModelHolder.PROPERTIES)) {
            assertThat(side.ask(new FindMemberships(ANN, data.head()), Memberships.class)
                            .join()
                            .memberships())
                    .hasSize(3);
        }
    }

    @Test
    void isNeverSkipped() {
        ReadSide.Data data = new ReadSide.Data();
        new RandomHistory(data::publish);
        try (ReadSide side = new ReadSide(
                data, UnaryOperator.identity(), FakeTextProtection.legible(), ReadModelHolder.PROPERTIES)) {
            side.caughtUp();
            // A gap: position 4 does not follow position 1.
            data.events.publish(new GenericDomainEventMessage<>(
                    "type",
                    RandomHistory.SINCE.value(),
                    3,
                    new MemberJoined(RandomHistory.SINCE, ANN, ANN, Instant.EPOCH)));
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> side.generations.served().position() < 3);
        }
    }

    @Test
    void isLoggedWithItsConversationAndIndex() {
        ReadModelHolder model = new ReadModelHolder();
        ConversationId lost = new ConversationId("lost");
        RecordedEvent hole = new RecordedEvent("lost", 3, 17, new MemberJoined(lost, ANN, ANN, Instant.EPOCH));
        assertThatThrownBy(() -> model.inbox.write(List.of(hole)))
                .isInstanceOf(EventProcessingFailure.class)
                .hasMessageContaining("lost")
                .hasMessageContaining("17");
    }
}
