package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.dispatch.CommandSender;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.RemoteExceptionDescription;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class AnsweringForTheBusTest {
    private final Queue<CompletableFuture<Object>> answers = new ArrayDeque<>();
    private final CommandSender commands = new CommandSender(
            (CommandGateway) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {CommandGateway.class}, (_, _, _) -> answers.remove()),
            Duration.ofMillis(50));

    private CommandSender.Result<String> send(Throwable... failures) {
        answers.clear();
        for (Throwable failure : failures) {
            answers.add(CompletableFuture.failedFuture(failure));
        }
        answers.add(CompletableFuture.completedFuture("done"));
        return commands.send("command", String.class);
    }

    @Test
    void anAnswerIsAnAnswer() {
        assertThat(send()).isEqualTo(new CommandSender.Done<>("done"));
    }

    @Test
    void aRefusalIsFoundWhereverItIsWrapped() {
        assertThat(send(new Refused(Refusal.NOT_A_MEMBER))).isEqualTo(new CommandSender.Failed<>(Refusal.NOT_A_MEMBER));
        assertThat(send(new CommandExecutionException("remote", null, "GROUP_FULL")))
                .isEqualTo(new CommandSender.Failed<>(Refusal.GROUP_FULL));
    }

    @Test
    void aConversationThatIsNotThereIsNotFound() {
        assertThat(send(new AggregateNotFoundException("c", "not there")))
                .isEqualTo(new CommandSender.Failed<>(Refusal.CONVERSATION_NOT_FOUND));
        assertThat(send(new CommandExecutionException(
                        "remote",
                        new RemoteHandlingException(new RemoteExceptionDescription(
                                List.of(AggregateNotFoundException.class.getName() + ": not there"))))))
                .isEqualTo(new CommandSender.Failed<>(Refusal.CONVERSATION_NOT_FOUND));
    }

    @Test
    void aConflictIsTriedAgain() {
        assertThat(send(new ConcurrencyException("first"), new ConcurrencyException("second")))
                .isEqualTo(new CommandSender.Done<>("done"));
    }

    @Test
    void aConflictThatStaysIsGivenBack() {
        ConcurrencyException conflict = new ConcurrencyException("again");
        assertThat(send(conflict, conflict, conflict, conflict))
                .isEqualTo(new CommandSender.Failed<>(Refusal.RETRY_LATER));
    }

    @Test
    void silenceIsAnUnknownOutcome() {
        answers.add(new CompletableFuture<>());
        assertThat(commands.send("command", String.class))
                .isEqualTo(new CommandSender.Failed<>(Refusal.OUTCOME_UNKNOWN));
    }

    @Test
    void nobodyToAnswerIsAReasonToRetryAndAnythingElseIsOurFault() {
        assertThat(send(new NoHandlerForCommandException("nobody")))
                .isEqualTo(new CommandSender.Failed<>(Refusal.RETRY_LATER));
        assertThat(send(new IllegalStateException("bug")))
                .isEqualTo(new CommandSender.Failed<>(Refusal.INTERNAL_ERROR));
    }
}
