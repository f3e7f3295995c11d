package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.AccountCommand.RegisterAccount;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.RenameGroup;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.CommandBusConnectorCommunicationException;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandDispatcherTest {
    private static final JoinGroup JOIN = new JoinGroup(new ConversationId("c"), new UserId("u"));
    private static final EntryAck ACK = new EntryAck(1, Instant.EPOCH);

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void returnsTheAnswerOfTheHandler() {
        assertThat(commands(message -> ACK).send(JOIN, EntryAck.class)).isEqualTo(ACK);
    }

    @Test
    void throwsTheRefusalOfALocalOrRemoteHandler() {
        assertRefused(new Refused(Refusal.GROUP_FULL), Refusal.GROUP_FULL);
        assertRefused(new CommandExecutionException("remote", null, Refusal.GROUP_FULL.name()), Refusal.GROUP_FULL);
    }

    @Test
    void refusesACommandForAMissingAggregateAsNotFound() {
        assertRefused(new AggregateNotFoundException("c", "gone"), Refusal.CONVERSATION_NOT_FOUND);
        CommandDispatcher commands = commands(message -> {
            throw new AggregateNotFoundException("u", "gone");
        });
        assertThatThrownBy(() -> commands.send(new ChangeProfile(new UserId("u"), "x")))
                .satisfies(thrown -> assertThat(Refused.in(thrown)).contains(Refusal.USER_NOT_FOUND));
    }

    @Test
    void repeatsACommandThatLostARace() {
        for (RuntimeException lost :
                List.of(new ConcurrencyException("lost"), new AggregateStreamCreationException("lost"))) {
            attempts.set(0);
            CommandDispatcher commands = commands(message -> {
                if (attempts.incrementAndGet() < 3) {
                    throw lost;
                }
                return ACK;
            });
            assertThat(commands.send(JOIN, EntryAck.class)).isEqualTo(ACK);
        }
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        assertRefused(new ConcurrencyException("lost"), Refusal.RETRY_LATER);
    }

    @Test
    void advisesARetryIfThereIsNoHandler() {
        assertRefused(new NoHandlerForCommandException("nobody"), Refusal.RETRY_LATER);
    }

    @Test
    void callsTheOutcomeUnknownAfterATransportOrStoreFailure() {
        assertRefused(new CommandBusConnectorCommunicationException("cut"), Refusal.OUTCOME_UNKNOWN);
        assertRefused(new CommandDispatchException("cut"), Refusal.OUTCOME_UNKNOWN);
        assertRefused(new EventStoreException("commit failed"), Refusal.OUTCOME_UNKNOWN);
        assertRefused(new StatusRuntimeException(Status.UNAVAILABLE), Refusal.OUTCOME_UNKNOWN);
    }

    /** A retry of a defect would delay the commands behind it. */
    @Test
    void answersADefectAsAnInternalError() {
        assertRefused(new IllegalStateException("bug"), Refusal.INTERNAL_ERROR);
    }

    @Test
    void distinguishesABusyAggregateFromADefect() {
        assertRefused(new LockAcquisitionFailedException("busy"), Refusal.RETRY_LATER);
    }

    static Stream<Arguments> unknown() {
        ConversationId group = new ConversationId("group");
        UserId ann = new UserId("ann");
        return Stream.of(
                Arguments.of(new SendMessages(group, List.of()), "same clientMessageId"),
                Arguments.of(new RegisterAccount(ann, new UsernameClaimId("c"), "ann", "Ann"), "the same again"),
                Arguments.of(new RenameGroup(group, ann, "Tea"), "the same again"),
                Arguments.of(JOIN, "the same again"));
    }

    /** The advice must be possible: only commands that send messages have a clientMessageId. */
    @ParameterizedTest
    @MethodSource("unknown")
    void advisesHowToRetry(Object command, String advice) {
        for (RuntimeException failure :
                List.of(new EventStoreException("commit failed"), new Refused(Refusal.OUTCOME_UNKNOWN))) {
            CommandDispatcher commands = commands(message -> {
                throw failure;
            });
            assertThatThrownBy(() -> commands.send(command))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.detail()).contains(advice));
        }
    }

    @Test
    void stopsWaitingAfterTheTimeout() {
        CommandDispatcher commands = over(new SilentBus(), Duration.ofMillis(1));
        assertThatThrownBy(() -> commands.send(JOIN))
                .satisfies(thrown -> assertThat(Refused.in(thrown)).contains(Refusal.OUTCOME_UNKNOWN));
    }

    private void assertRefused(RuntimeException thrown, Refusal refusal) {
        CommandDispatcher commands = commands(message -> {
            throw thrown;
        });
        assertThatThrownBy(() -> commands.send(JOIN))
                .satisfies(refused -> assertThat(Refused.in(refused)).contains(refusal));
    }

    private static CommandDispatcher commands(MessageHandler<CommandMessage<?>> handler) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        Stream.of(JoinGroup.class, ChangeProfile.class, RegisterAccount.class, RenameGroup.class, SendMessages.class)
                .forEach(command -> bus.subscribe(command.getName(), handler));
        return over(new OutcomeResolvingCommandBus(bus), Duration.ofMinutes(1));
    }

    private static CommandDispatcher over(CommandBus bus, Duration timeout) {
        CommandGateway gateway = DefaultCommandGateway.builder().commandBus(bus).build();
        FanoutBackpressure keepsUp = new FanoutBackpressure(Duration.ofMinutes(1), Duration.ofMinutes(1));
        return new CommandDispatcher(
                gateway, new ConversationCommandQueue(gateway, keepsUp, timeout, timeout), timeout);
    }
}
