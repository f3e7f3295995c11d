package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.SendOutcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only the bus repeats a command that lost a race, for a bounded number of attempts. No layer above it does. */
@Timeout(30)
class RepeatingLostRacesTest {
    private static final ConversationId TALK = new ConversationId("talk");
    private static final UserId ANN = new UserId("ann");
    private static final EntryAck ACK = new EntryAck(1, Instant.EPOCH);
    private static final Draft DRAFT = new Draft(ANN, new ClientMessageId("m"), "hello", null, List.of());

    private final AtomicInteger attempts = new AtomicInteger();
    private volatile int lost = Integer.MAX_VALUE;
    private volatile RuntimeException failure = new ConcurrencyException("somebody else was first");
    private final CommandGateway gateway =
            DefaultCommandGateway.builder().commandBus(bus()).build();
    private final ConversationCommandQueue queue = new ConversationCommandQueue(
            gateway,
            new FanoutBackpressure(Duration.ofMinutes(1), Duration.ofMinutes(1)),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    private final CommandDispatcher commands = new CommandDispatcher(gateway, queue, Duration.ofMinutes(1));

    private OutcomeResolvingCommandBus bus() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        Stream.of(ChangeProfile.class, JoinGroup.class, SendMessages.class)
                .forEach(command -> bus.subscribe(command.getName(), message -> {
                    if (attempts.incrementAndGet() <= lost) {
                        throw failure;
                    }
                    return message.getPayload() instanceof SendMessages
                            ? new SendOutcomes(List.of(SendOutcomes.Outcome.accepted(ACK)))
                            : ACK;
                }));
        return new OutcomeResolvingCommandBus(bus);
    }

    private void assertRefusedAfterAllAttempts(Runnable command) {
        attempts.set(0);
        assertThat(CompletableFuture.runAsync(command)
                        .handle((_, failed) -> Refused.in(failed))
                        .join())
                .contains(Refusal.RETRY_LATER);
        assertThat(attempts).hasValue(OutcomeResolvingCommandBus.ATTEMPTS);
    }

    @Test
    void aRequestIsRefusedAfterAllAttempts() {
        assertThat(OutcomeResolvingCommandBus.ATTEMPTS).isEqualTo(4);
        for (RuntimeException race :
                List.of(new ConcurrencyException("lost"), new AggregateStreamCreationException("lost"))) {
            failure = race;
            assertRefusedAfterAllAttempts(() -> commands.send(new ChangeProfile(ANN, "Ann")));
            assertRefusedAfterAllAttempts(() -> commands.send(new JoinGroup(TALK, ANN)));
            assertRefusedAfterAllAttempts(() -> commands.send(TALK, DRAFT));
        }
    }

    @Test
    void theLastAttemptMaySucceed() {
        lost = OutcomeResolvingCommandBus.ATTEMPTS - 1;
        assertThat(commands.send(TALK, DRAFT)).isEqualTo(ACK);
        assertThat(attempts).hasValue(OutcomeResolvingCommandBus.ATTEMPTS);
    }

    /** The queue retries a command only after all attempts of the bus, and after a pause. */
    @Test
    void aCommandOfASocketReturnsToItsPlaceAfterAllAttempts() throws Exception {
        lost = OutcomeResolvingCommandBus.ATTEMPTS;
        CompletableFuture<EntryAck> acknowledged = new CompletableFuture<>();
        queue.submit(new QueuedCommand.Send(TALK, DRAFT, new FutureReply(acknowledged, true)));
        assertThat(acknowledged.get(20, TimeUnit.SECONDS)).isEqualTo(ACK);
        assertThat(attempts).hasValue(OutcomeResolvingCommandBus.ATTEMPTS + 1);
    }

    @Test
    void otherFailuresAreNotRepeated() {
        failure = new IllegalStateException("bug");
        assertThat(CompletableFuture.runAsync(() -> commands.send(new JoinGroup(TALK, ANN)))
                        .handle((_, failed) -> Refused.in(failed))
                        .join())
                .contains(Refusal.INTERNAL_ERROR);
        assertThat(attempts).hasValue(1);
    }
}
